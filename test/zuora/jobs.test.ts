/** A job's life: what time, cancelling, sessions and deleted rows do to it. */
import { Ajv } from 'ajv';
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { jobSchema } from './aqua.schema';
import { day } from './clock';
import { startZuora, type Zuora } from './server';
import { answerOf, connect, type JobAnswer, type TestClient } from './testClient';

let zuora: Zuora;
let client: TestClient;

before(async () => {
  const pace = { submittedMs: 60_000, batchMs: 60_000 };
  zuora = await startZuora({ pace, segmentRows: 100, unreadableObjects: ['Refund'], tokenExpiresIn: 1_000_000_000 });
  client = await connect(zuora);
});
beforeEach(() => zuora.reset());
afterEach(() => assert.deepEqual(zuora.violations, []));
after(() => zuora.stop());

const accounts = { name: 'accounts', query: 'select Id from Account' };
const products = { name: 'products', query: 'select Id from Product' };

/** `executing: completed, pending` */
function drawn({ status, batches }: JobAnswer): string {
  return `${status}: ${batches.map(batch => batch.status).join(', ')}`;
}

test('a job goes from submitted over executing to completed, batch after batch', async () => {
  const { id } = await client.submit({ queries: [accounts, products] });
  const seen = [drawn(await client.job(id))];
  for (let minute = 1; minute <= 3; minute++) {
    zuora.advance(60_000);
    seen.push(drawn(await client.job(id)));
  }
  assert.deepEqual(seen, [
    'submitted: submitted, submitted',
    'executing: executing, pending',
    'executing: completed, executing',
    'completed: completed, completed',
  ]);
});

test('a submitted job has ids for itself and its batches, and echoes the request', async () => {
  const job = await client.submit({
    name: 'nightly',
    format: 'zip',
    version: 1,
    queries: [accounts, { query: products.query }],
  });
  assert.match(job.id ?? '', /^[0-9a-f]{32}$/);
  assert.deepEqual(
    job.batches.map(({ name }) => name),
    ['accounts', undefined],
  );
  assert.ok(job.batches.every(({ batchId, full }) => full && /^[0-9a-f]{32}$/.test(batchId ?? '')));
  const { name, format, version, startTime } = job as JobAnswer & { name: string; format: string; version: number };
  assert.deepEqual([name, format, version, startTime], ['nightly', 'ZIP', 1, undefined]);
});

test('a completed batch has its count and its file, and the job its start', async () => {
  const job = await client.finish({ queries: [products] });
  assert.match(job.startTime ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  assert.equal(job.batches[0]?.recordCount, 6);
  assert.match(job.batches[0]?.fileId ?? '', /^[0-9a-f]{32}$/);
});

test('a query that fails aborts the job and leaves the other batches done', async () => {
  const job = await client.finish({ queries: [products, { query: 'select * from BillingPreviewRun' }] });
  assert.equal(drawn(job), 'aborted: completed, aborted');
  assert.equal(job.batches[1]?.message, 'java.lang.RuntimeException: You must specify a select.');
});

test('so does one that only fails on the data', async () => {
  const job = await client.finish({ queries: [{ query: 'select Id from Account where Name = Balance' }] });
  assert.equal(drawn(job), 'aborted: aborted');
  assert.match(job.batches[0]?.message ?? '', /^java\.lang\.RuntimeException: .*convert/);
});

test('a batch whose object may not be read is ignored', async () => {
  const job = await client.finish({ queries: [{ query: 'select Id from refund' }] });
  assert.equal(drawn(job), 'completed: completed');
  assert.equal(job.batches[0]?.fileId, undefined);
});

test('cancel leaves what is finished', async () => {
  const { id } = await client.submit({ queries: [accounts, products] });
  zuora.advance(120_000);
  const reply = await client.call(`/v1/batch-query/jobs/${id}`, { method: 'DELETE' });
  assert.equal(drawn(answerOf(reply)), 'cancelled: completed, cancelled');
  zuora.advance(600_000);
  const job = await client.job(id);
  assert.equal(drawn(job), 'cancelled: completed, cancelled');
  assert.ok(job.batches[0]?.fileId);
});

test('a finished job cannot be canceled', async () => {
  const { id } = await client.finish({ queries: [products] });
  const reply = await client.call(`/v1/batch-query/jobs/${id}`, { method: 'DELETE' });
  assert.equal(answerOf<JobAnswer>(reply).errorCode, '90003');
  assert.equal((await client.job(id)).status, 'completed');
});

test('an unknown job is a 404, and so is one of half a year ago', async () => {
  assert.equal((await client.call('/v1/batch-query/jobs/no-such-job')).status, 404);
  assert.equal((await client.call('/v1/batch-query/jobs/no-such-job', { method: 'DELETE' })).status, 404);
  const { id } = await client.finish({ queries: [products] });
  zuora.advance(181 * day);
  const reply = await client.call(`/v1/batch-query/jobs/${id}`);
  assert.equal(reply.status, 404);
  assert.equal(answerOf<JobAnswer>(reply).errorCode, '90002');
});

test('every answer about a job is what the reference declares', async () => {
  const ajv = new Ajv({ allErrors: true });
  const isJob = ajv.compile(jobSchema);
  const check = (job: unknown): void => assert.ok(isJob(job), ajv.errorsText(isJob.errors));
  const deleted = { column: 'Gone', format: 'Boolean', forceExport: true } as const;
  const queries = [accounts, { ...products, deleted }, { query: 'select * from BillingPreviewRun' }];
  const notifyUrl = 'https://example.com/?job=${JOBID}&status=${STATUS}';
  const job = await client.submit({
    ...session,
    name: 'all',
    offset: 1,
    incrementalTime: '2026-01-01 00:00:00',
    notifyUrl,
    queries,
  });
  check(job);
  zuora.advance(60_000);
  check(await client.job(job.id));
  zuora.advance(600_000);
  check(await client.job(job.id));
  const second = await client.submit({ queries });
  check(answerOf(await client.call(`/v1/batch-query/jobs/${second.id}`, { method: 'DELETE' })));
});

const session = { version: 1.1, partner: 'zoql', project: 'Nightly' };

test('a session exports everything first and then what has changed', async () => {
  const first = await client.finish({ ...session, queries: [products] });
  assert.deepEqual([first.batches[0]?.full, first.batches[0]?.recordCount], [true, 6]);
  const second = await client.finish({ ...session, queries: [products] });
  assert.deepEqual([second.batches[0]?.full, second.batches[0]?.recordCount], [false, 0]);
});

test('a changed or renamed query of a session is a full load again', async () => {
  await client.finish({ ...session, queries: [products] });
  const renamed = await client.finish({ ...session, queries: [{ ...products, name: 'others' }] });
  const changed = await client.finish({
    ...session,
    queries: [{ name: 'others', query: 'select Id, Name from Product' }],
  });
  assert.deepEqual([renamed.batches[0]?.full, changed.batches[0]?.full], [true, true]);
});

test('incrementalTime and offset decide since when', async () => {
  const updated = await client.csv({
    queries: [{ query: 'select UpdatedDate from Product order by UpdatedDate desc limit 1' }],
  });
  const latest = Date.parse(updated.split('\n')[1]?.replace(/(\d\d)$/, ':$1') ?? '');
  /** Pacific time without summer time, as the tenant has it. */
  const pacific = (at: number): string => new Date(at - 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const since = async (incrementalTime: string, offset = 0): Promise<number | undefined> =>
    (await client.finish({ ...session, incrementalTime, offset, queries: [products] })).batches[0]?.recordCount;
  assert.equal(await since(pacific(latest)), 1);
  assert.equal(await since(pacific(latest + 60_000)), 0);
  assert.equal(await since(pacific(latest + 60_000), 60), 1);
});

test('a session without queries repeats the last ones', async () => {
  await client.finish({ ...session, queries: [products, accounts] });
  const again = await client.finish({ ...session });
  assert.deepEqual(
    again.batches.map(({ name }) => name),
    ['products', 'accounts'],
  );
});

test('jobs of one session run one after another', async () => {
  await client.submit({ ...session, queries: [products] });
  const second = await client.submit({ ...session, queries: [products] });
  zuora.advance(120_000);
  assert.equal((await client.job(second.id)).status, 'submitted');
  zuora.advance(120_000);
  assert.equal((await client.job(second.id)).status, 'completed');
});

test('the last completed job of a session is found by partner and project', async () => {
  const path = '/v1/batch-query/jobs/partner/zoql/project/nightly';
  assert.equal((await client.call(path)).status, 404);
  const first = await client.finish({ ...session, queries: [products] });
  await client.submit({ ...session, queries: [products] });
  assert.equal(answerOf<JobAnswer>(await client.call(path)).id, first.id);
});

test('a full load of a session comes in segments', async () => {
  const job = await client.finish({ ...session, queries: [accounts] });
  const [batch] = job.batches;
  assert.equal(batch?.fileId, undefined);
  const parts = await Promise.all((batch?.segments ?? []).map(id => client.call(`/v1/file/${id}`)));
  assert.deepEqual(
    parts.map(part => part.text.trimEnd().split('\n').length),
    [101, 21],
    'each segment has the header and at most 100 rows',
  );
});

test('deleted rows come with a column of their own', async () => {
  const query = 'select UniqueKey from Usage';
  const deleted = { column: 'MyDeleted', format: 'Numeric', forceExport: true } as const;
  const [without, marked] = [
    await client.csv({ useQueryLabels: true, queries: [{ query }] }),
    await client.csv({ useQueryLabels: true, queries: [{ query, deleted }] }),
  ].map(csv => csv.trimEnd().split('\n'));
  assert.equal(marked?.[0], 'Usage.MyDeleted,Usage.UniqueKey');
  const gone = (marked ?? []).filter(line => line.startsWith('1,')).length;
  assert.ok(0 < gone);
  assert.equal((marked ?? []).length, (without ?? []).length + gone);
});
