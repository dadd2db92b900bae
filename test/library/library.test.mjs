// The language library as others take it: dist/zoql.mjs in Node, in a browser, and by its types.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root, snippet } from '../readme.mjs';
import { openPage } from './serve.mjs';

const dist = path.join(root, 'dist');

test('Node parses a text, and finds and mends its problems', async () => {
  const library = await import(pathToFileURL(path.join(dist, 'zoql.mjs')).href);
  const data = JSON.parse(readFileSync(path.join(dist, 'catalogue.data.json'), 'utf8'));
  assert.deepEqual(useLibrary(library, data), expected);
});

test('a browser does the same', async () => {
  const { page, close } = await openPage(dist);
  try {
    const found = await page.evaluate(`(async () => {
      const library = await import('/zoql.mjs');
      const data = await (await fetch('/catalogue.data.json')).json();
      return (${useLibrary})(library, data);
    })()`);
    assert.deepEqual(found, expected);
  } finally {
    await close();
  }
});

test('its types are right for who imports it, and wrong use is an error', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'types-'));
  const library = path.join(dist, 'zoql.mjs');
  const use = `import { parse, openDocument, completions, type Context } from ${JSON.stringify(library)};
export const objects: readonly string[] = parse('select Id from Account').query.items.map(item => item.value.kind);
export const list = (context: Context) => completions(openDocument(''), 0, context).items.map(item => item.label);
`;
  assert.equal(typeErrors(folder, use), '');
  assert.match(typeErrors(folder, `${use}parse(1);\n`), /TS2345/);
});

test("README's example prints what it says", () => {
  const code = snippet('library');
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'example-')), 'example.mjs');
  writeFileSync(file, code);
  const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, words]) => `${words}\n`);
  assert.equal(execFileSync(process.execPath, [file], { encoding: 'utf8' }), said.join(''));
});

/** Runs in Node and in the browser: nothing but its arguments may be used. */
function useLibrary(library, data) {
  const context = { catalogue: library.createCatalogue(data), queryType: 'auto' };
  const text = 'select Id from Account)';
  const document = library.openDocument(text);
  const end = { start: text.length, end: text.length };
  const fix = library.codeActions(document, end, context).find(action => action.kind === 'quickfix');
  return {
    problems: library.parse('select Id, from Account').problems.map(problem => problem.code),
    fields: library
      .completions(document, 'select '.length, context)
      .items.filter(item => item.label === 'AccountNumber')
      .map(item => item.kind),
    mended: library.applyEdits(text, fix.edits),
  };
}

const expected = {
  problems: ['expected-field'],
  fields: ['field'],
  mended: 'select Id from Account',
};

function typeErrors(folder, text) {
  const file = path.join(folder, 'use.mts');
  writeFileSync(file, text);
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--skipLibCheck',
    '--ignoreConfig',
  ];
  try {
    return execFileSync(process.execPath, [compiler, ...options, file], { encoding: 'utf8' });
  } catch (error) {
    return error.stdout;
  }
}
