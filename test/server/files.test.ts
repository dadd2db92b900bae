import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Position, Range } from 'vscode-languageserver-protocol';
import { openFiles, type OpenFile } from '../../server/src/documents';
import { openDocument } from '../../server/src/zoql/index';
import { startEditor, uri } from './editor';

test('a line ends at LF, CRLF and CR, and a position counts UTF-16 code units', () => {
  const file = open('a😀b\r\nc\rd\n\ne');
  assert.deepEqual(
    [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12].map(offset => draw(file.positionAt(offset))),
    ['0:0', '0:1', '0:2', '0:3', '0:4', '1:0', '1:1', '2:0', '2:1', '3:0', '4:0', '4:1'],
  );
});

test('the place between CR and LF is the end of the line', () => {
  const file = open('a\r\nb');
  assert.equal(draw(file.positionAt(2)), '0:1');
  assert.equal(file.offsetAt({ line: 0, character: 99 }), 1);
});

test('a BOM, NUL, lone surrogates and LS count as the one unit that they are', () => {
  const text = '\ufeffselect\0\ud83d\u2028Id';
  const file = open(text);
  for (let offset = 0; offset <= text.length; offset++) {
    assert.equal(draw(file.positionAt(offset)), `0:${offset}`);
    assert.equal(file.offsetAt({ line: 0, character: offset }), offset);
  }
});

test('a position outside of the text is the nearest one inside', () => {
  const file = open('ab\ncd');
  assert.equal(file.offsetAt({ line: 99, character: 0 }), 5);
  assert.equal(file.offsetAt({ line: -1, character: 0 }), 0);
  assert.equal(file.offsetAt({ line: 0, character: 99 }), 2);
  assert.equal(file.offsetAt({ line: 1, character: -5 }), 3);
  assert.equal(draw(file.positionAt(99)), '1:2');
  assert.equal(draw(file.positionAt(-1)), '0:0');
});

test('an edit outside of the text happens at its end, and lines still count', () => {
  const file = open('ab\ncd');
  file.edit([{ range: range(50, 0, 51, 3), text: 'e\nf' }], 2);
  assert.equal(file.document.text, 'ab\ncde\nf');
  assert.equal(file.offsetAt({ line: 2, character: 1 }), 8);
});

test('an edit whose range is the wrong way round is taken the right way', () => {
  const file = open('abcdef');
  file.edit([{ range: range(0, 4, 0, 2), text: 'X' }], 2);
  assert.equal(file.document.text, 'abXef');
});

test('statements that an edit does not touch are the same objects as before', () => {
  const file = open('select Id from Account;\nselect Id from Invoice;\nselect Id from Payment;');
  const [first, second, third] = file.document.statements;
  file.edit([{ range: range(1, 9, 1, 9), text: ', Balance' }], 2);
  const after = file.document.statements;
  assert.equal(after[0], first);
  assert.notEqual(after[1], second);
  assert.equal(after[2], third);
});

test('a file that is edited in many places keeps none of its past texts', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const usedMegabytes = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed / 1e6;
  };

  const file = open('select Id, Name, Balance from Account;\n'.repeat(25_000));
  assert.equal(file.document.statements.length, 25_000);
  const before = usedMegabytes();
  for (let line = 0; line < 200; line++) {
    file.edit([{ range: range(line * 100, 7, line * 100, 7), text: 'X' }], line + 2);
    assert.equal(file.document.statements.length, 25_000);
  }
  const grown = usedMegabytes() - before;
  assert.ok(grown < 20, `200 edits of a file of one megabyte keep ${grown.toFixed()} MB`);
});

test('after any chain of edits the file is what a fresh one would be', () => {
  const words = [
    'select ',
    'Id',
    ',',
    ' from ',
    'Account',
    ';',
    "'",
    '"',
    '\n',
    '\r\n',
    '\r',
    '--',
    '/*',
    '*/',
    '@name ',
    '\\',
    '😀',
  ];
  const piece = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 3 }));
  const someText = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''));
  const place = fc.record({ line: fc.integer({ min: -1, max: 12 }), character: fc.integer({ min: -1, max: 30 }) });
  const edit = fc.record({ start: place, end: place, text: someText, read: fc.constantFrom('read', 'leave') });

  checkProperty(
    fc.property(someText, fc.array(edit, { maxLength: 25 }), (initial, edits) => {
      const file = open(initial);
      let expected = initial;
      edits.forEach(({ start, end, text, read }, index) => {
        const [from, to] = [offsetIn(expected, start), offsetIn(expected, end)];
        expected = expected.slice(0, Math.min(from, to)) + text + expected.slice(Math.max(from, to));
        file.edit([{ range: { start, end }, text }], index + 2);
        // Reading or not must make no difference: it decides what the next reading can take over.
        if (read === 'read') assert.equal(file.document.text, expected);
      });
      const fresh = openDocument(expected);
      assert.equal(file.document.text, expected);
      assert.deepEqual(file.document.starts, fresh.starts);
      assert.deepEqual(
        file.document.statements.map(({ text, ending, parsed }) => ({ text, ending, parsed })),
        fresh.statements.map(({ text, ending, parsed }) => ({ text, ending, parsed })),
      );
    }),
  );
});

test('a burst of edits is answered for its last text', async () => {
  const editor = await startEditor();
  editor.open('select  from Account');
  for (let stroke = 0; stroke < 500; stroke++) {
    editor.change([{ range: range(0, 7 + stroke, 0, 7 + stroke), text: 'I' }], stroke + 2);
  }
  const [query] = await editor.symbols();
  assert.equal(query?.children?.[0]?.selectionRange.end.character, 507);
  editor.dispose();
});

function open(text: string): OpenFile {
  return openFiles.create(uri, 'zoql', 1, text);
}

function range(startLine: number, start: number, endLine: number, end: number): Range {
  return { start: { line: startLine, character: start }, end: { line: endLine, character: end } };
}

function draw({ line, character }: Position): string {
  return `${line}:${character}`;
}

/** The offset of a position, found by the book and without the code under test. */
function offsetIn(text: string, { line, character }: Position): number {
  if (line < 0) return 0;
  const lines = [...text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)].filter(
    (match, index, all) => index === 0 || all[index - 1]?.[2] !== '',
  );
  const found = lines[line];
  if (!found) return text.length;
  return found.index + Math.max(0, Math.min(character, found[1]?.length ?? 0));
}

/** Runs a property with a seed of its own, which a failure prints; set SEED to have that run again. */
function checkProperty(
  property: fc.IProperty<[string, { start: Position; end: Position; text: string; read: string }[]]>,
): void {
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}`);
  fc.assert(property, { seed, numRuns: 400 });
}
