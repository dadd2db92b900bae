import assert from 'node:assert/strict';
import { after, before, suite, test, type TestContext } from 'node:test';
import { differences, inLines, queriesOf, sessionOf } from '../../client/src/jobs/adopt';
import { twinFindings, recentTwin } from '../../client/src/jobs/twin';
import type { JobPlan } from '../../client/src/jobs/model';
import { answerOf } from '../../client/src/jobs/records';
import { listUnfinished } from '../../client/src/jobs/unfinished';
import { createZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource } from '../../client/src/zuora/auth';
import { systemClock } from '../../client/src/zuora/clock';
import { success } from '../../client/src/zuora/outcome';
import type { AquaJob } from '../../client/src/zuora/schemas';
import { startZuora, type Zuora } from '../zuora/server';
import { connect } from '../zuora/testClient';
import { added, answer, drawJob, plan, temporaryFolder, testStore } from './jobParts';

/** What was sent, as Zuora gives it back. */
function asSent(id: string, status: string): AquaJob {
  const drawn = answer(id, status, ...plan.queries.map(({ name }) => `${name} ${status}`));
  const batches = drawn.batches.map((batch, index) => ({ ...batch, query: plan.queries[index]?.query }));
  return { ...drawn, batches };
}

suite('a job of Zuora that was not sent from here', () => {
  test('is told by its name, status and queries', () => {
    const job = { ...asSent('J1', 'executing'), name: 'Nightly', version: '1.1', partner: 'p', project: 'q' };
    assert.deepEqual(inLines(job), [
      'Job ID: J1',
      'Name: Nightly',
      'Status: executing',
      'Stateful: partner p, project q',
      '2 queries:',
      'accounts: select Id from Account',
      'invoices: select Id from Invoice',
    ]);
  });

  test('has queries of no file, under Zuora’s names, as what they are', () => {
    const { batches } = asSent('J1', 'executing');
    const [first, second] = batches;
    const job = {
      ...asSent('J1', 'executing'),
      batches: [
        { ...first, batchType: 'zoql' },
        { ...second, name: undefined },
      ],
    };
    const queries = queriesOf(job as AquaJob);
    assert.deepEqual(
      queries.map(({ name, type, query, source }) => [name, type, query, source.uri]),
      [
        ['accounts', 'zoql', 'select Id from Account', ''],
        ['Query 2', 'zoqlexport', 'select Id from Invoice', ''],
      ],
    );
    assert.deepEqual(
      answerOf(job as AquaJob, queries).batches.map(({ query }) => query),
      [0, 1],
    );
  });

  test('is stateful with version 1.1, partner and project only', () => {
    const session = (fields: Partial<AquaJob>) => sessionOf({ ...asSent('J1', 'completed'), ...fields });
    assert.deepEqual(session({ version: '1.1', partner: 'p', project: 'q' }), { partner: 'p', project: 'q' });
    assert.equal(session({ version: '1', partner: 'p', project: 'q' }), undefined);
    assert.equal(session({ version: '1.1', partner: 'p' }), undefined);
  });

  test('is the one that was sent when it has its queries, whatever became of spaces and order', () => {
    const { batches } = asSent('J1', 'executing');
    const other = { ...asSent('J1', 'executing'), batches: [...batches].reverse() };
    const spaced = other.batches.map(batch => ({ ...batch, query: `  ${batch.query?.replaceAll(' ', '\n')} ` }));
    assert.deepEqual(differences({ ...other, batches: spaced }, plan.queries), []);
  });

  test('differs from what was sent in words', () => {
    const { batches } = asSent('J1', 'executing');
    const job = {
      ...asSent('J1', 'executing'),
      batches: batches.map((batch, index) => (index ? { ...batch, name: 'bills' } : batch)),
    };
    assert.deepEqual(differences(job, plan.queries), [
      '"invoices" was sent and is not in it, or has another text.',
      '"bills" is in it and was not sent.',
    ]);
  });
});

suite('an entry that waits for its id', () => {
  const lost = { kind: 'network', message: 'reset', sent: 'maybe' } as const;

  for (const phase of ['unknown', 'given-up'] as const) {
    test(`${phase}: gets it, runs on, and is looked at by the next window`, async t => {
      const { store, folder } = testStore(t);
      const key = await added(store);
      await store.record(key, { kind: 'ended', phase, failure: lost });
      assert.deepEqual(await listUnfinished(folder), []);
      await store.applyAnswer(key, asSent('J1', 'executing'));
      assert.match(drawJob(store.get(key)), /^running J1 executing/);
      assert.deepEqual(await listUnfinished(folder), [key]);
    });
  }
});

suite('over real HTTP', () => {
  let zuora: Zuora;
  before(async () => (zuora = await startZuora()));
  after(() => zuora.stop());

  test('the last job of partner and project is found by names that need encoding', async () => {
    const project = 'Nightly/é #1';
    const queries = [{ query: 'select Id from Account', name: 'accounts' }];
    const { id } = await (await connect(zuora)).finish({ version: 1.1, partner: 'zoql', project, queries });
    const found = await client().lastJob(target(), { partner: 'zoql', project }, new AbortController().signal);
    assert.ok(found.ok);
    assert.deepEqual([found.value.id, sessionOf(found.value)], [id, { partner: 'zoql', project }]);
    assert.deepEqual(zuora.violations, []);
  });

  test('a session without a completed job has none', async () => {
    const found = await client().lastJob(target(), { partner: 'zoql', project: 'none' }, new AbortController().signal);
    assert.ok(!found.ok && found.failure.kind === 'rejected');
    assert.equal(found.failure.status, 404);
  });

  function target() {
    return { tenant: 'Test', origin: zuora.url };
  }

  function client() {
    const { clientId, clientSecret } = zuora;
    const transport = { clock: systemClock, log: () => undefined, mayConnect: () => true };
    const credentialsFor = () => Promise.resolve(success({ clientId, clientSecret }));
    const tokens = createTokenSource({ transport, random: Math.random, credentialsFor });
    return createZuoraClient({ transport, tokens, random: Math.random });
  }
});

suite('A12 a submit of what was submitted a moment ago', () => {
  test('in another window is told, with the first one’s state', async t => {
    const { store, clock } = await afterFirst(t);
    clock.advance(2 * 60_000);
    const twin = await recentTwin(store, plan, clock.now());
    assert.deepEqual(
      twinFindings(twin, clock.now()).map(({ code, weight, message }) => [code, weight, message]),
      [
        [
          'submitted-already',
          'warns',
          'The same queries were submitted to Sandbox 2 minutes ago; that job is executing. Its ID is J1. A second submit makes a second job.',
        ],
      ],
    );
  });

  const [first, second] = plan.queries;
  for (const [what, same, changes] of [
    ['the same queries in another order and under other names', true, { queries: [second, { ...first, name: 'a' }] }],
    ['one query less', false, { queries: [first] }],
    ['the same text as another type', false, { queries: [{ ...first, type: 'zoqlexport' }, second] }],
    ['another tenant', false, { scope: { ...plan.scope, tenant: 'Production' } }],
    ['another host', false, { scope: { ...plan.scope, origin: 'https://rest.zuora.com' } }],
  ] as const) {
    test(`${what}: ${same ? 'the same' : 'another'}`, async t => {
      const { store, clock } = await afterFirst(t);
      const request = { ...plan.request, body: '{"queries":[]}' };
      const twin = await recentTwin(store, { ...plan, request, ...changes } as JobPlan, clock.now());
      assert.equal(twin !== undefined, same);
    });
  }

  test('after ten minutes it is no mistake', async t => {
    const { store, clock } = await afterFirst(t);
    clock.advance(10 * 60_000);
    assert.equal(await recentTwin(store, plan, clock.now()), undefined);
  });

  test('a first one that made no job is none', async t => {
    const { store, clock } = testStore(t);
    const key = await added(store);
    const failure = { kind: 'canceled', sent: 'no' } as const;
    await store.record(key, { kind: 'ended', phase: 'not-sent', failure });
    assert.equal(await recentTwin(store, plan, clock.now()), undefined);
  });

  /** A window that sees what another one has submitted. */
  async function afterFirst(t: TestContext) {
    const folder = temporaryFolder(t);
    const one = testStore(t, { folder });
    await one.store.applyAnswer(await added(one.store), answer('J1', 'executing'));
    const two = testStore(t, { folder, clock: one.clock });
    await two.store.loadUnfinished();
    return two;
  }
});
