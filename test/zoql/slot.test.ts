import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGap, slotAt, type Place } from '../../server/src/zoql/slot';
import { withCursor } from './helpers';

test('a statement begins with SELECT', () => {
  slot('|', 'nothing; SELECT');
  slot('se|l', 'nothing for "sel"; SELECT');
  slot('Id |', 'nothing');
});

test('SELECT, GROUP BY and ORDER BY list operands', () => {
  slot('select |', 'operand of select or *');
  slot('select Id, |', 'operand of select or *');
  slot('select Id, Na|', 'operand of select or * for "Na"');
  slot('select Id from A group by |', 'operand of group by');
  slot('select Id from A order by Id asc, |', 'operand of order by');
});

test('a comma that lacks, or something that has no meaning, does not end the list', () => {
  slot('select Id Name, |', 'operand of select or *');
  slot('select Id ? Name, |', 'operand of select or *');
  slot('select (Id), |', 'operand of select or *');
});

test('a condition has an operand, an operator and a value', () => {
  slot('select Id from A where |', 'operand of where; NOT');
  slot('select Id from A where not |', 'operand of where');
  slot('select Id from A where Name |', 'operator after Name');
  slot('select Id from A where B.Name |', 'operator after B.Name');
  slot('select Id from A where Name = |', 'value of Name');
  slot('select Id from A where Name not |', 'nothing; LIKE');
  slot('select Id from A where Name not like |', 'value of Name');
  slot("select Id from A where Name = 'x' |", 'nothing; AND, OR, GROUP BY, ORDER BY, LIMIT');
  slot("select Id from A where Name = 'x' or |", 'operand of where; NOT');
  slot('select Id from A where (Name = 1 and |', 'operand of where; NOT');
  slot('select Id from A where (Name = 1 |', 'nothing; AND, OR');
  slot('select Id from A where (Name = 1) |', 'nothing; AND, OR, GROUP BY, ORDER BY, LIMIT');
  slot('select Id from A where Name is |', 'nothing; NULL, NOT NULL');
  slot('select Id from A where Name is not |', 'nothing; NULL');
  slot('select Id from A where Name in (1, |', 'value of Name');
  slot('select Id from A where Name in (1) |', 'nothing; AND, OR, GROUP BY, ORDER BY, LIMIT');
  slot('select Id from A where Name between |', 'value of Name');
  slot('select Id from A where Name between 1 |', 'nothing; AND');
  slot('select Id from A where Name between 1 and |', 'value of Name');
  slot('select Id from A where Name between 1 and 2 and |', 'operand of where; NOT');
  slot('select Id from A where ? and |', 'operand of where; NOT');
});

test('a call has operands and stands for a value', () => {
  slot('select max(|', 'operand of select in max');
  slot('select count(|)', 'operand of select in count or *; DISTINCT');
  slot('select count(distinct |)', 'operand of select in count');
  slot('select max(Id|)', 'operand of select in max for "Id"');
  slot('select max(Id |)', 'nothing');
  slot('select max(Id) |', 'nothing; AS, FROM');
  slot('select Id from A group by Id having max(Id) |', 'operator after max()');
  slot('select Id from A group by Id having max(Id) > |', 'value of max()');
});

test('a path goes on after its dot', () => {
  slot('select Account.|', 'operand of select after Account or *');
  slot('select Account.Bill.Na|me from B', 'operand of select after Account.Bill or * for "Name"');
  slot('select Account.| from B', 'operand of select after Account or *');
  slot('select Id from A where Name = Account.|', 'operand of where after Account');
  slot('select max(Account.|)', 'operand of select after Account in max');
});

test('what follows the word is told, since it would be broken', () => {
  slot('select Na|.Id from A', 'operand of select or * for "Na" before dot');
  slot('select co|(Id) from A', 'operand of select or * for "co" before parenthesis');
  slot('select | Id from A', 'operand of select or * before operand');
});

test('keywords that are names are read as names', () => {
  slot('select Id from Order |', 'nothing; WHERE, GROUP BY, ORDER BY, LIMIT');
  slot('select Order.| from Order', 'operand of select after Order or *');
  slot('select Id from A where Group.Id |', 'operator after Group.Id');
  slot('select Id from A order |', 'nothing; BY');
});

test('strings are values on the right side only', () => {
  slot("select Id from A where Name = 'x|'", `value of Name in ' for "'x'"`);
  slot('select Id from A where Name = "x|"', `value of Name in " for ""x""`);
  slot("select Id from A where Name = 'x|", `value of Name in ' for "'x"`);
  slot("select Id from A where Name = '| and B = 'y'", `value of Name in ' for "'"`);
  slot("select Id from A where 'x|'", 'nothing');
  slot("select Id from A where Name = |'x'", 'nothing');
});

test('behind AS stands a name', () => {
  slot('select Id as |', 'alias');
  slot('select Id as Na|, Name', 'alias for "Na"');
  slot('select Id as "Na|" from A', `alias in " for ""Na""`);
  slot('select Id as | Name from A', 'nothing');
  slot('select Id as Name | from A', 'nothing');
});

test('words before the cursor may be a name as people call it', () => {
  phrase('select Bill To|', 'operand of select or * for "Bill To"');
  phrase('select Id, Bill To Con|tact from A', 'operand of select or * for "Bill To Contact"');
  phrase('select A.Bill | from A', 'operand of select after A or * for "Bill "');
  phrase('select Id from A where Bill To|', 'operand of where for "Bill To"');
  phrase('select Id from Credit Me|', 'object for "Credit Me"');
  phrase('select To|', '');
  phrase('select Bill  To|', '');
  phrase('select Bill\nTo|', '');
  phrase('select Id from A where Name = Bill To|', '');
});

test('numbers and comments are left alone', () => {
  slot('select Id from A limit 1|', 'nothing');
  slot('select Id from A where B = 1.|5', 'nothing');
  slot('select Id -- | \nfrom A', 'nothing');
  slot('select Id /* |', 'nothing');
});

test('a directive has a name and a value', () => {
  slot('-- @|', 'directive');
  slot('-- @na|me x', 'directive for "name"');
  slot('-- @type |', 'value of @type');
  slot('-- @type zo|ql', 'value of @type for "zoql"');
  slot('-- @name two words|', 'value of @name behind "two " for "words"');
  slot('-- @deleted column=Gone form|at=Boolean', 'value of @deleted behind "column=Gone " for "format"');
  slot('-- @deleted format=Bo|olean', 'value of @deleted behind "format=" for "Boolean"');
  slot('-- @convertToCurrencies EUR,|', 'value of @converttocurrencies behind "EUR,"');
  slot('-- say |@name', 'nothing');
});

test('clauses fit between those before and behind', () => {
  slot('select Id from A |', 'nothing; WHERE, GROUP BY, ORDER BY, LIMIT');
  slot('select Id from A | order by Id', 'nothing; WHERE, GROUP BY');
  slot('select Id from A group by Id | limit 1', 'nothing; HAVING, ORDER BY');
  slot('select Id | where Name = 1', 'nothing; AS, FROM');
  slot('select Id from A | Id', 'nothing; WHERE, GROUP BY, ORDER BY, LIMIT');
  slot('select Id from A where Name = 1 | and Id = 2', 'nothing; AND, OR');
  slot('select Id from A where Name = 1 an|d Id = 2', 'nothing for "and"; AND, OR');
  slot('select Id from A wher|e Id = 2', 'nothing for "where"; WHERE');
  slot('select Id from A ord|er by Id', 'nothing for "order"; ORDER');
});

/** Asserts what can stand at the |, drawn as `place for "the word that is replaced"; KEYWORDS`. */
function slot(marked: string, expected: string): void {
  const { text, offset } = withCursor(marked);
  const { replace, place, keywords } = slotAt(readGap(text), offset);
  assert.ok(replace.start <= offset && offset <= replace.end, 'the cursor is in what is replaced');
  const replaced = text.slice(replace.start, replace.end);
  const drawn = drawPlace(place) + (replaced === '' ? '' : ` for "${replaced}"`) + drawBefore(place);
  const words = keywords.join(', ');
  const whole = keywords.length === 0 ? drawn : `${drawn}; ${words}`;
  assert.equal(whole, expected);
}

/** Asserts what could stand in the place of the words up to the |. */
function phrase(marked: string, expected: string): void {
  const { text, offset } = withCursor(marked);
  const found = slotAt(readGap(text), offset).phrase;
  const drawn = found ? `${drawPlace(found.place)} for "${text.slice(found.start, found.end)}"` : '';
  assert.equal(drawn, expected);
}

function drawPlace(place: Place): string {
  switch (place.kind) {
    case 'nothing':
    case 'object':
    case 'directive':
      return place.kind;
    case 'operand': {
      const path = place.path.map(({ text }) => text).join('.');
      const after = path === '' ? '' : ` after ${path}`;
      return `operand of ${place.clause}${after}${place.call ? ` in ${place.call}` : ''}${place.star ? ' or *' : ''}`;
    }
    case 'value':
      return `value of ${drawLeft(place.left)}${place.quote === undefined ? '' : ` in ${place.quote}`}`;
    case 'alias':
      return place.quote === undefined ? 'alias' : `alias in ${place.quote}`;
    case 'operator':
      return `operator after ${drawLeft(place.left)}`;
    case 'directive value':
      return `value of @${place.directive}${place.before === '' ? '' : ` behind "${place.before}"`}`;
  }
}

function drawLeft({ path, call }: { path: readonly { text: string }[]; call: string | undefined }): string {
  return call === undefined ? path.map(({ text }) => text).join('.') : `${call}()`;
}

function drawBefore(place: Place): string {
  return place.kind === 'operand' && place.before !== 'other' ? ` before ${place.before}` : '';
}
