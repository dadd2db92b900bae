// What people install: exactly these files and no other.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packagedFiles } from './package.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

test('the .vsix holds what runs and what is read, no source, test or source map', async () => {
  const media = readdirSync(path.join(root, 'client', 'media'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)));
  assert.deepEqual(await packagedFiles(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    ...media.sort(),
    'dist/catalogue.data.json',
    'dist/extension.cjs',
    'dist/node-fetch.cjs',
    'dist/server.cjs',
    'dist/vscode-languageclient.cjs',
    'package.json',
    'syntaxes/language-configuration.json',
    'syntaxes/zoql.tmLanguage.json',
  ]);
  for (const file of media)
    assert.match(file, /\.(svg|png|md|css|js|schema\.json)$/, 'media are pictures, pages and schemas');
});
