import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { partName, splitEvenly } from '../../client/src/jobs/split';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

suite('a submit of more than 50 queries', () => {
  test(`is as few even parts as may be, in the order of the queries (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), count => {
        const all = Array.from({ length: count }, (_, index) => index);
        const parts = splitEvenly(all);
        const sizes = parts.map(({ length }) => length);
        assert.deepEqual(parts.flat(), all);
        assert.equal(parts.length, Math.ceil(count / 50));
        assert.ok(Math.max(...sizes) <= 50 && Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join());
      }),
      { seed },
    );
  });

  test('gives its jobs names that are told apart and not too long', () => {
    assert.equal(partName('Nightly', 1, 3), 'Nightly 1/3');
    assert.equal(partName('A name that has thirty-two chars', 2, 3), 'A name that has thirty-two c 2/3');
    assert.equal(partName('A name that has a space at the cut', 10, 12), 'A name that has a space at 10/12');
    assert.equal(partName(`${'x'.repeat(27)}😀`, 1, 2), `${'x'.repeat(27)} 1/2`);
  });
});
