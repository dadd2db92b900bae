import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/zoql/document';
import { signatureHelp } from '../../server/src/zoql/signatureHelp';
import type { DialectSetting } from '../../server/src/zoql/dialect';
import { fixture } from './catalogues';
import { withCursor } from './helpers';

test('between the parentheses of a function stands what it takes', () => {
  helps('select sum(| from Account', 'sum([field]): The sum of the values.');
  helps('select Id, YEAR(Created|Date) from Account', 'year([field]): The year of a date or datetime.');
  helps('select Id from Account group by Id having max(Ba|', 'max([field]): The largest value.');
  helps('select count(|)', 'count([[distinct] field or *]): The number of values, of different values, or of rows.');
});

test('outside of them is nothing', () => {
  helps('select sum|(Balance) from Account', '');
  helps('select sum(Balance)| from Account', '');
  helps('select sum(Balance), | from Account', '');
  helps('select Id from Account where (Name| = null)', '');
  helps('select sum(/* | */ Balance) from Account', '');
  helps('|', '');
});

test('each function has its own', () => {
  helps('select sum(Balance), min(|) from Account', 'min([field]): The smallest value.');
  helps('select max(year(|)) from Account', 'year([field]): The year of a date or datetime.');
  helps('select max(year(CreatedDate)|) from Account', 'max([field]): The largest value.');
  helps('select Id from Account;\nselect avg(| from Account', 'avg([field]): The average of the values.');
});

test('a second argument is none of the function', () =>
  helps('select sum(Balance, |) from Account', 'sum(field): The sum of the values.'));

test('an unknown function, and a dialect without functions, has no help', () => {
  helps('select round(|) from Account', '');
  helps('select sum(|) from Account', '', 'zoql');
  helps('-- @type zoql\nselect sum(|) from Account', '');
});

/** Asserts the help, drawn with the parameter at the cursor in brackets. */
function helps(marked: string, expected: string, queryType: DialectSetting = 'auto'): void {
  const { text, offset } = withCursor(marked);
  const help = signatureHelp(openDocument(text), offset, { catalogue: fixture, queryType });
  assert.equal(help ? `${drawLabel(help)}: ${help.documentation}` : '', expected);
}

function drawLabel({ label, parameters, activeParameter }: NonNullable<ReturnType<typeof signatureHelp>>): string {
  const [start, end] = parameters[activeParameter] ?? [0, 0];
  if (start === end) return label;
  return `${label.slice(0, start)}[${label.slice(start, end)}]${label.slice(end)}`;
}
