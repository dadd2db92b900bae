// `npm ci` refuses a lock file that lacks a package for another platform, and `npm install` leaves such packages out where
// the registry that it asks does not have them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

for (const folder of ['.', 'test/host/latest', 'test/host/oldest']) {
  test(`${folder}/package-lock.json has an entry for every platform's package`, () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, folder, 'package-lock.json'), 'utf8'));
    const missing = Object.values(packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter(name => !Object.keys(packages).some(place => place.endsWith(`node_modules/${name}`)));
    assert.deepEqual(missing, []);
  });
}
