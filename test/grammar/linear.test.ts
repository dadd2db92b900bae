/**
 * The grammar runs on every keystroke, in the window's own thread: a long line must not stall it, and a quote that is
 * not closed yet must not recolor the file.
 *
 * Runs on the engine of VS Code itself (vscode-textmate on Oniguruma), as the highlighted samples beside this file do.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRegistry } from 'vscode-tmgrammar-test/dist/common/index.js';

const scopeName = 'source.zoql';
const grammar = await createRegistry([{ path: 'syntaxes/zoql.tmLanguage.json', scopeName }]).loadGrammar(scopeName);
assert.ok(grammar, 'the grammar could not be read');

/** Where a long run can stand: each of these has patterns of its own. */
const openings = {
  'in a statement': '',
  'in a string': "where Name = '",
  'in a quoted alias': 'select Name as "',
  'in a line comment': '-- ',
  'in a block comment': '/* ',
  'in a name directive': '-- @name ',
  'in a type directive': '-- @type ',
  'in a deleted directive': '-- @deleted ',
};

/** Each class of token, each pattern's near miss, and what its repetitions consist of. */
const pieces = [
  ...[...'a_1 .,;()*/-=<!\'"\\@#é'],
  ...['__c', 'a__', 'a__c.', 'a.b', 'a .', '1.', '1.1', '-1', '1a', '2024-', '2024-01-01', '2024-01-01T00:0'],
  ...[
    'select ',
    'from ',
    'order ',
    'order by ',
    'by',
    'limit ',
    'limit,',
    'as ',
    "as '",
    'and ',
    'is not null ',
    'true',
  ],
  ...['count', 'count (', 'weekofyear ', 'year(', '<>', '!=', '= ', ', ', "'a' ", "''", "\\'", '\\q', '"a" '],
  ...["'now", "'now ", "'today - 1", "'today - 1 day (", 'now - 1 day ', '/*', '/* */', '*/', '-- ', '--@name '],
  ...['zoql', 'zoql ', 'a=', 'a=true', 'a=true ', '=b', '\t', '\u3000'],
];

/** Pairs of these, repeated, are what patterns with two loops stumble over. */
const pairedPieces = ['a', '_', '1', ' ', '.', '-', "'", '(', '*', '/', ',', '\\'];

for (const [where, opening] of Object.entries(openings)) {
  test(`a long line ${where} costs no more than its length`, () => {
    for (const piece of pieces) assertLinear(opening, piece);
  });
}

test('a long line of any two things in turn costs no more than its length', () => {
  for (const first of pairedPieces) {
    for (const second of pairedPieces) if (first !== second) assertLinear('', first + second);
  }
});

for (const open of [
  "where Name = 'open",
  'where Name = "open',
  "where Name = '",
  "where Name = 'open \\",
  "where Name = 'open ''",
  "where UpdatedDate > 'now - 1 day (",
  'select Name as "open',
  "select Name as '",
  "-- don't",
  '-- @name open',
  '-- @type',
  '-- @deleted column=',
]) {
  test(`${open} ends with its line`, () => {
    const next = "  and Name = 'closed' limit 10";
    assert.deepEqual(scopesOf([open, next])[1], scopesOf([next])[0]);
  });
}

test('a block comment goes on to its end, and no further', () => {
  const lines = ["select Id /* it's open", '-- and here', 'from Invoice */ from Account'];
  assert.deepEqual(scopesOf(lines).slice(1), [
    ['-- and here: comment.block.zoql'],
    [
      'from Invoice : comment.block.zoql',
      '*/: comment.block.zoql punctuation.definition.comment.end.zoql',
      ' : ',
      'from: keyword.other.from.zoql',
      ' : ',
      'Account: entity.name.type.object.zoql',
    ],
  ]);
});

/** Each line's tokens, drawn as `text: scopes` without the grammar's own scope. */
function scopesOf(lines: readonly string[]): string[][] {
  let state: Parameters<NonNullable<typeof grammar>['tokenizeLine']>[1] = null;
  return lines.map(line => {
    const { tokens, ruleStack } = grammar!.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(token => `${line.slice(token.startIndex, token.endIndex)}: ${token.scopes.slice(1).join(' ')}`);
  });
}

/**
 * Stands behind what is repeated, and has all that a pattern may be looking for: without a dot anywhere in the line,
 * the engine would not even try the patterns that need one.
 */
const closing = ` # = . ( ' " __c */ ) 1 ! ; : true`;

/**
 * Fails when four times the length costs more than twelve times the time: 4 is linear, 16 quadratic.
 *
 * What else the machine does must not matter: the processor's time counts, not the clock's, and of several tries the
 * least. Times too short to tell apart count as `noiseMs`.
 */
function assertLinear(opening: string, piece: string): void {
  const noiseMs = 2;
  const line = (length: number): string => opening + piece.repeat(Math.ceil(length / piece.length)) + closing;
  const short = line(2_000);
  const long = line(8_000);

  let shortMs = Infinity;
  let longMs = Infinity;
  for (let tries = 0; tries < 5; tries++) {
    shortMs = Math.min(shortMs, timeMs(short));
    longMs = Math.min(longMs, timeMs(long));
    if (longMs <= 12 * Math.max(shortMs, noiseMs)) return;
  }
  const ratio = (longMs / shortMs).toFixed(1);
  assert.fail(
    `${JSON.stringify(opening + piece + '…' + closing)}: ${shortMs.toFixed(1)} ms for 2,000 characters, ` +
      `${longMs.toFixed(1)} ms for 8,000 (${ratio} times as long)`,
  );
}

function timeMs(line: string): number {
  const start = process.cpuUsage();
  grammar!.tokenizeLine(line, null);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
