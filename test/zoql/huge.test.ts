/**
 * Texts that no person writes: every feature still answers. What takes a moment here would take minutes if its time grew
 * with the square of the text, and the test would run out of its own.
 */
import { test } from 'node:test';
import {
  analyse,
  codeActions,
  codeLenses,
  completions,
  defaultFormatOptions,
  documentSymbols,
  foldingRanges,
  format,
  formatOnType,
  highlights,
  hover,
  openDocument,
  selectionRanges,
  semanticTokens,
  signatureHelp,
  type ZoqlDocument,
} from '../../server/src/zoql/index';
import { bundled } from './catalogues';

const context = { catalogue: bundled, queryType: 'auto' } as const;
const times = 60_000;
const limitMs = 60_000;

const from = 'select Id from Account where ';

const texts: Readonly<Record<string, string>> = {
  'a list of fields': `select ${'Account.Name, '.repeat(times)}Id from Invoice`,
  'a list of unknown fields': `select ${Array.from({ length: times }, (_, index) => `Naem${index}`).join()} from Account`,
  'names of columns': `select ${'Name as "a", '.repeat(times)}Id from Account group by ${'Name, '.repeat(times)}Id`,
  'words without commas': `select ${'Bill To Contact '.repeat(times)}from Account`,
  'a path': `select ${'Account.'.repeat(times)} from Invoice`,
  'a chain of conditions': `${from}${"Name = 'a' or ".repeat(times)}Id = 'x'`,
  'conditions in parentheses': `${from}${"(Name = 'a') and ".repeat(times)}Id = 'x'`,
  'wrong dates': `${from}${"UpdatedDate > '2026-01-01 00:00:00' and ".repeat(times)}Id = 'x'`,
  'a list of values': `${from}Name in (${"'abc', ".repeat(times)}'x')`,
  '100,000 open parentheses': from + '('.repeat(100_000),
  'not without end': `${from}${'not '.repeat(times)}AutoPay = true`,
  'a text that is not closed': `${from}Name = '${'x\\'.repeat(times)}`,
  'quotes of both kinds': `select '${`''"`.repeat(times)}`,
  'clauses that stand twice': `select Id from Account ${"where Name = 'a' ".repeat(times)}`,
  joins: `select a.Id from Account a ${'join b on a.x = b.x '.repeat(times)}`,
  directives: `${'-- @type zoql\n-- @foo x\n'.repeat(times)}select Id from Account`,
  'a comment that is not closed': `/*${'x'.repeat(times)}`,
  'statements of one word': 'a;'.repeat(times),
  NUL: '\0'.repeat(times),
  'halves of characters': 'select \ud800 '.repeat(times),
  'line breaks of all kinds': 'select Id\r\nfrom\rAccount\n;\ufeff'.repeat(times / 10),
};

for (const [name, text] of Object.entries(texts)) {
  test(name, { timeout: limitMs }, () => {
    const document = openDocument(text);
    problems(document);
    for (const offset of [0, text.length >> 1, text.length]) {
      completions(document, offset, context);
      hover(document, offset, context);
      signatureHelp(document, offset, context);
      highlights({ uri: 'file:///a.zoql', document }, offset, context);
      codeActions(document, { start: offset, end: offset }, context);
      formatOnType(document, offset, '\n', defaultFormatOptions);
    }
    semanticTokens(document, context);
    documentSymbols(document);
    foldingRanges(document);
    selectionRanges(document, [text.length >> 1]);
    codeLenses(document, context);
    format(document, defaultFormatOptions);
  });
}

/** As many as a server tells of a file. */
function problems({ statements }: ZoqlDocument): void {
  let count = 0;
  for (const statement of statements) {
    count += analyse(statement, context).problems.length;
    if (1_000 <= count) return;
  }
}
