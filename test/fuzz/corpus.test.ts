/** The texts that fuzzing has kept: together they reach every block of the library that it has reached. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { invariants } from '../zoql/invariants';

const folder = path.join('test', 'fuzz', 'corpus');
const texts = readdirSync(folder).map(name => readFileSync(path.join(folder, name), 'utf8'));

test('texts are there', () => assert.ok(0 < texts.length));

for (const [name, holds] of Object.entries(invariants)) {
  test(`${name}, in every text that was kept`, () => texts.forEach(holds));
}
