import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { findSecrets } from './secrets.mjs';

// Made here, so that the search at the end of the run looks for other ones.
const secret = `not/a+real=${process.pid}secret==`;

test('a secret is found in every form and place in which it could leak', async () => {
  const base64 = text => Buffer.from(text).toString('base64');
  const files = {
    'plain.log': `token ${secret} sent`,
    'form.log': `client_secret=${encodeURIComponent(secret)}&x=1`,
    'escaped.json': JSON.stringify({ secret }).replaceAll('/', '\\/'),
    'basic-0.log': `Basic ${base64(`abc${secret}`)}`,
    'basic-1.log': `Basic ${base64(`abcd:${secret}`)}`,
    'basic-2.log': `Basic ${base64(`abc:${secret}`)}`,
    'binary.db': Buffer.concat([Buffer.from([0, 255, 0]), Buffer.from(secret), Buffer.from([0])]),
    'deep/below/it.txt': secret,
  };
  const { searched, found } = await search({ ...files, 'clean.log': 'POST /oauth/token → 200, client_secret=***' });
  assert.equal(searched, 1);
  assert.deepEqual(found, Object.keys(files).sort());
});

test('nothing is found where nothing leaked', async () => {
  assert.deepEqual(await search({ 'clean.log': 'nothing' }), { searched: 1, found: [] });
});

/** Searches files, name → content; found files come back by name. */
async function search(files) {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  const searched = path.join(folder, 'searched');
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(searched, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const planted = path.join(folder, 'planted');
  writeFileSync(planted, `${secret}\n${secret}\n`);
  const result = await findSecrets(planted, [searched]);
  return { ...result, found: result.found.map(file => path.relative(searched, file)).sort() };
}
