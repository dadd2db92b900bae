import assert from 'node:assert/strict';
import { counters } from '../standIn';
import { jobLines } from '../tree';

suite('after a restart', () => {
  test('the jobs of the last window are there, with their batches', async () => {
    const jobs = await jobLines();
    assert.equal(jobs.length, (await counters()).jobs);
    const first = jobs.find(({ label }) => label === 'Active accounts +3');
    assert.match(first?.description ?? '', /^completed · .*\b[0-9a-f]{32}/);
    assert.deepEqual(
      first?.below.map(batch => batch.label),
      ['Active accounts', 'sub', 'sub-2', 'invoices'],
    );
    for (const batch of first.below) assert.match(batch.description, /^completed · .*[0-9a-f]{32}/);
  });

  test('no key has made more than one job, and nothing broke a rule of the service', async () => {
    const { jobsByKey, violations } = await counters();
    for (const [key, jobs] of Object.entries(jobsByKey)) assert.equal(jobs, 1, key);
    assert.deepEqual(violations, []);
  });
});
