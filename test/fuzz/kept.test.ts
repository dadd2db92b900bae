/** The texts that fuzzing has kept: together they reach every block of the library that it has reached. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invariants } from '../zoql/invariants';
import texts from './corpus.json';

for (const [name, holds] of Object.entries(invariants)) {
  test(`${name}, in every text that was kept`, () => {
    assert.ok(0 < texts.length);
    texts.forEach(holds);
  });
}
