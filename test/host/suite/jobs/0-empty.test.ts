import assert from 'node:assert/strict';
import { jobLines } from '../tree';

suite('the window of the jobs’ suites', () => {
  test('shows the view', async () => {
    assert.ok(Array.isArray(await jobLines()));
  });
});
