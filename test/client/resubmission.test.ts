import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { confirmationRows, firstConfirmation, settleTicks } from '../../client/src/jobs/confirmation';
import type { Job, JobPhase } from '../../client/src/jobs/model';
import { createPlan } from '../../client/src/jobs/plan';
import { proposeAgain } from '../../client/src/jobs/proposal';
import { editedQueries, entryOf, failedQueries, lineageFindings } from '../../client/src/jobs/resubmission';
import { added, answer, testStore } from './jobParts';
import { context, documentsOf, proposalOf, tenant } from './proposals';

suite('a job that is sent once more', () => {
  test('as sent has the same bytes, headers and place, and says what it repeats', async t => {
    const job = await jobWith(t, 'completed', 'accounts completed 3', 'invoices completed 4');
    const proposal = proposeAgain({ tenant, job, queries: job.queries.map(entryOf), how: 'as-sent', more: () => [] });
    const confirmation = firstConfirmation(proposal);
    const [plan, ...more] = confirmation.plans;
    assert.deepEqual(more, []);
    assert.deepEqual(plan, {
      scope: job.scope,
      request: job.request,
      queries: job.queries,
      lineage: { from: job.key, how: 'as-sent' },
    });
    const rows = confirmationRows(confirmation);
    assert.deepEqual(settleTicks(rows, new Set(), confirmation.choice).choice, confirmation.choice, 'all or nothing');
  });

  test('shows the options that it was sent with', async t => {
    const job = await jobWith(t, 'completed', 'accounts completed 3', 'invoices completed 4');
    const proposal = proposeAgain({ tenant, job, queries: job.queries.map(entryOf), how: 'as-sent', more: () => [] });
    const options = confirmationRows(firstConfirmation(proposal)).find(row => row.label === 'Options');
    assert.equal(
      options?.kind === 'fact' && options.description,
      'useQueryLabels true · entityIds entity-1 · extraHeaders X-Gateway',
    );
  });

  test('of its failed batches has those queries only, with the options as they were', async t => {
    const job = await jobWith(t, 'aborted', 'accounts completed 3', 'invoices aborted');
    const failed = failedQueries(job);
    const proposal = proposeAgain({ tenant, job, queries: failed.map(entryOf), how: 'failed', more: () => [] });
    const [plan] = firstConfirmation(proposal).plans;
    assert.equal(
      plan?.request.body,
      '{"useQueryLabels":true,"queries":[{"name":"invoices","type":"zoql","query":"select Id from Invoice"}]}',
    );
    assert.deepEqual(plan.request.headers, job.request.headers);
    assert.deepEqual(plan.lineage, { from: job.key, how: 'failed' });
  });

  test('failed is also what Zuora silently ignored: it names no batch for it', async t => {
    const job = await jobWith(t, 'completed', 'accounts completed 3');
    assert.deepEqual(
      failedQueries(job).map(({ name }) => name),
      ['invoices'],
    );
  });

  test('says what else comes of it', async t => {
    const job = await jobWith(t, 'completed', 'accounts completed 3');
    const said = (changes: Partial<Job>, how: 'as-sent' | 'failed') =>
      lineageFindings({ ...job, ...changes }, how).map(({ code, weight }) => `${weight}: ${code}`);
    const phases: readonly JobPhase[] = ['finished', 'given-up', 'running'];
    assert.deepEqual(
      phases.map(phase => said({ phase }, 'as-sent')),
      [[], ['warns: may-be-second'], ['warns: still-running']],
    );
    assert.deepEqual(said({ session: { partner: 'acme', project: 'nightly' } }, 'failed'), ['warns: part-of-session']);
    assert.deepEqual(said({ adopted: true }, 'as-sent'), ['notes: options-of-now']);
  });
});

suite('a job as its files are now', () => {
  const before = { 'a.zoql': 'select Id from Account;\nselect Id from Invoice;\nselect Id from Product' };

  test('has the edited statements, under the names that they were sent with', () => {
    const text =
      '-- New above.\n\nselect Name from Account;\nselect Id from Invoice;\n-- @name Products\nselect Id from Product';
    assert.deepEqual(edited(before, { 'a.zoql': text }), [
      'a: select Name from Account',
      'a-2: select Id from Invoice',
      'Products: select Id from Product',
    ]);
  });

  test('keeps a name that other open files would have made longer', () => {
    const sent = { 'x/a.zoql': 'select Id from Account', 'y/a.zoql': 'select Id from Invoice' };
    assert.deepEqual(edited(sent, { 'y/a.zoql': 'select Id from Invoice limit 1' }), [
      'gone: x/a (x/a.zoql)',
      'y/a: select Id from Invoice limit 1',
    ]);
  });

  test('names what is gone, and takes no other statement for it', () => {
    assert.deepEqual(edited(before, { 'a.zoql': 'select Id from Invoice;\nselect Id from Product' }), [
      'gone: a (a.zoql)',
      'a-2: select Id from Invoice',
      'a-3: select Id from Product',
    ]);
    assert.deepEqual(edited(before, {}), ['gone: a (a.zoql)', 'gone: a-2 (a.zoql)', 'gone: a-3 (a.zoql)']);
  });
});

/** The job of `plan` in jobParts.ts after Zuora's answer. */
async function jobWith(t: Parameters<typeof testStore>[0], status: string, ...batches: string[]): Promise<Job> {
  const { store } = testStore(t);
  const key = await added(store);
  await store.applyAnswer(key, answer('job1', status, ...batches));
  const job = await store.open(key);
  assert.ok(job);
  return job;
}

/** What a job of the files `sent` has become in the files `now`: what is gone, then a query a line. */
function edited(sent: Record<string, string>, now: Record<string, string>): string[] {
  const documents = documentsOf(now);
  const { queries, gone } = editedQueries(
    proposalOf({ files: sent }).queries,
    createPlan(documents, context),
    documents,
  );
  return [...gone.map(name => `gone: ${name}`), ...queries.map(({ name, query }) => `${name}: ${query}`)];
}
