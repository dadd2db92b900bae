// Cancel over real HTTP: whatever becomes of the DELETE, the GET after it tells.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test, type TestContext } from 'node:test';
import { cancelAtZuora } from '../../client/src/jobs/cancellation';
import { openJournal } from '../../client/src/jobs/journal';
import { createPoller } from '../../client/src/jobs/poller';
import { openStore } from '../../client/src/jobs/store';
import { createSubmitter } from '../../client/src/jobs/submit';
import { thisWindow } from '../../client/src/jobs/windows';
import { createZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource } from '../../client/src/zuora/auth';
import { systemClock, type Clock } from '../../client/src/zuora/clock';
import { success } from '../../client/src/zuora/outcome';
import type { Fault } from '../zuora/faults';
import { startZuora, type Zuora } from '../zuora/server';
import { drawJob, plan, temporaryFolder, Surroundings } from './jobParts';

let zuora: Zuora;
before(async () => {
  // Slow, so that a job is where a test has left it.
  zuora = await startZuora({ pace: { submittedMs: 600_000, batchMs: 60_000 } });
});
after(() => zuora.stop());

const deletes = { method: 'DELETE' } as const;
const polls = { method: 'GET', path: '/v1/batch-query/jobs' } as const;

const stallLimitMs = 60_000;

/** Pauses between tries end as soon as they begin; the limit of a request's silence stays what it is. */
const hasty: Clock = {
  ...systemClock,
  after: (milliseconds, run) => systemClock.after(milliseconds < stallLimitMs ? 2 : milliseconds, run),
};

interface Case {
  readonly faults?: readonly Fault[];
  /** What happens to the job before the DELETE. */
  readonly meanwhile?: 'ends' | 'is canceled';
  /** The job as it is known afterwards. */
  readonly job: RegExp;
  readonly says: string | undefined;
}

const cases: Readonly<Record<string, Case>> = {
  'a job that runs is canceled, and its line says all': { job: /^finished \w+ cancelled /, says: undefined },
  'already complete (90003) is no error': {
    meanwhile: 'ends',
    job: /^finished \w+ completed /,
    says: 'information: accounts +1 was complete before it could be canceled. It is completed.',
  },
  'canceled by somebody else (90003) is canceled': {
    meanwhile: 'is canceled',
    job: /^finished \w+ cancelled /,
    says: undefined,
  },
  'a lost answer of a DELETE that worked: the GET tells': {
    faults: [{ do: 'drop', at: 'after', match: deletes }],
    job: /^finished \w+ cancelled /,
    says: undefined,
  },
  'a lost answer of a DELETE that did not arrive: the GET tells': {
    faults: [{ do: 'drop', at: 'before', match: deletes }],
    job: /^running /,
    says: 'error: The answer to the cancel of accounts +1 was lost, and the job is still submitted. Cancel it again if it does not end soon.',
  },
  'a 503 for the DELETE': {
    faults: [{ do: 'status', status: 503, match: deletes }],
    job: /^running /,
    says: 'error: The answer to the cancel of accounts +1 was lost, and the job is still submitted. Cancel it again if it does not end soon.',
  },
  'a refusal says why, and that nothing was canceled': {
    faults: [{ do: 'status', status: 403, body: { message: 'User is not authorized' }, match: deletes }],
    job: /^running /,
    says: "error: 127.0.0.1 refused it: User is not authorized. The job was not canceled. Check the permissions of the client's user in Zuora, and in a tenant with Multi-entity its entity IDs.",
  },
  'a cancel that Zuora takes and that takes a while is not told as done': {
    faults: [{ do: 'patch', fields: { status: 'executing' }, match: polls, times: 9 }],
    job: /^running \w+ executing /,
    says: 'information: Zuora has taken the cancel of accounts +1, which is still executing. The list shows when it has ended.',
  },
  'a job that Zuora no longer knows': {
    faults: [
      {
        do: 'status',
        status: 404,
        body: { errorCode: '90002', message: 'Invalid Job Id', status: 'error' },
        match: deletes,
      },
      {
        do: 'status',
        status: 404,
        body: { errorCode: '90002', message: 'Invalid Job Id', status: 'error' },
        match: polls,
      },
    ],
    job: /^gone /,
    says: 'information: accounts +1 is gone: Zuora no longer knows its ID. There is nothing to cancel.',
  },
  'taken, but the GET fails': {
    faults: [{ do: 'status', status: 400, body: { message: 'no' }, match: polls, times: 9 }],
    job: /^running /,
    says: 'information: Zuora has taken the cancel of accounts +1. Whether it has ended could not be asked; the list shows it as soon as Zuora answers.',
  },
};

for (const [name, { faults = [], meanwhile, job, says }] of Object.entries(cases)) {
  test(name, async t => {
    zuora.reset();
    const window = openWindow(t);
    const { running, store } = await window.submit();
    if (meanwhile === 'ends') zuora.advance(60 * 60_000);
    if (meanwhile === 'is canceled') {
      await window.client.cancel(running.scope, running.id, new AbortController().signal);
    }
    for (const fault of faults) zuora.fault(fault);
    const words = await cancelAtZuora(window, running, new AbortController().signal);
    const message = words?.message.replace(/127\.0\.0\.1:\d+/, '127.0.0.1');
    assert.equal(words && `${words.kind}: ${message}`, says);
    assert.match(drawJob(store.get(running.key)), job);
    assert.deepEqual(zuora.violations, []);
  });
}

/** A window with everything real, signed in to the stand-in. */
function openWindow(t: TestContext) {
  const credentials = success({ clientId: zuora.clientId, clientSecret: zuora.clientSecret });
  const transport = { clock: hasty, log: () => undefined, mayConnect: () => true, stallLimitMs };
  const tokens = createTokenSource({
    transport,
    random: Math.random,
    credentialsFor: () => Promise.resolve(credentials),
  });
  const client = createZuoraClient({ transport, tokens, random: Math.random });
  const store = openStore({ journal: openJournal(temporaryFolder(t)), clock: systemClock, randomBytes });
  const submitter = createSubmitter({
    store,
    client,
    clock: hasty,
    random: Math.random,
    newIdempotencyKey: randomUUID,
    writer: thisWindow(),
  });
  const poller = createPoller({ store, client, clock: systemClock, random: Math.random, ...new Surroundings() });
  t.after(() => {
    poller.dispose();
    submitter.dispose();
    store.dispose();
  });
  return {
    client,
    poller,
    store,
    async submit() {
      const given = { ...plan, scope: { tenant: 'Test', origin: zuora.url } };
      const result = await submitter.submit(given, {
        signal: new AbortController().signal,
        progress: () => undefined,
      });
      assert.ok(result.ok);
      const { id } = result.value;
      assert.ok(id, drawJob(result.value));
      poller.start();
      return { running: { ...result.value, id }, store };
    },
  };
}
