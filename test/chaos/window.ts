// A window of the chaos: the real parts in a process of its own, which is killed. Started by worker.ts.
import { randomBytes, randomUUID } from 'node:crypto';
import { openJournal } from '../../client/src/jobs/journal';
import type { JobPlan } from '../../client/src/jobs/model';
import { createPoller } from '../../client/src/jobs/poller';
import { openStore, type JobStore } from '../../client/src/jobs/store';
import { createSubmitter, type Submitter } from '../../client/src/jobs/submit';
import { thisWindow } from '../../client/src/jobs/windows';
import { createZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource } from '../../client/src/zuora/auth';
import { sleep, type Clock } from '../../client/src/zuora/clock';
import { success } from '../../client/src/zuora/outcome';
import { plan, stepwiseFiles, Surroundings } from '../client/jobParts';
import { pick, seeded } from '../seeded';
import type { FromWindow, Opening, ToWindow } from './messages';

// Whoever judges may be gone already.
const tell = (message: FromWindow): void => void process.send?.(message, () => undefined);
let close: (() => void) | undefined;

process.on('message', (message: ToWindow) => {
  if (message.kind === 'open') {
    void open(message);
    return;
  }
  close?.();
  tell({ kind: 'closed' });
});
process.once('disconnect', () => process.exit());
tell({ kind: 'ready' });

async function open(opening: Opening): Promise<void> {
  const { folder, clientId, clientSecret, factor, began, seed } = opening;
  const clock = fastClock(began, factor);
  const random = seeded(seed);
  const transport = { clock, log: () => undefined, mayConnect: () => true, stallLimitMs: opening.stallMs * factor };
  const credentialsFor = () => Promise.resolve(success({ clientId, clientSecret }));
  const tokens = createTokenSource({ transport, random, credentialsFor });
  const client = createZuoraClient({ transport, tokens, random });
  const store = openStore({ journal: openJournal(folder, filesUntil(opening.kill)), clock, randomBytes });
  const submitter = createSubmitter({
    ...{ store, client, clock, random },
    newIdempotencyKey: randomUUID,
    writer: thisWindow(),
  });
  const poller = createPoller({ store, client, clock, random, ...new Surroundings() });
  const closing = new AbortController();
  close = () => {
    closing.abort();
    submitter.dispose();
    poller.dispose();
    store.dispose();
  };

  await store.loadUnfinished();
  submitter.recover();
  poller.start();
  const acts = [submitAll(opening, store, submitter, clock, random)];
  if (opening.sendsAgain) acts.push(sendAgain(store, submitter, random));
  if (opening.withdraws) acts.push(withdraw(store, submitter, clock, random));
  await Promise.all(acts);
  while (opening.stays && !closing.signal.aborted && (await isBusy(store))) {
    await sleep(clock, factor * 3, closing.signal);
  }
  tell({ kind: 'done' });
}

/** Whether something is left to do for a job, as the disk has it: memory is ahead of it. */
async function isBusy(store: JobStore): Promise<boolean> {
  const jobs = await Promise.all(store.all().map(({ key }) => store.reread(key)));
  return jobs.some(job => job?.phase === 'sending' || job?.phase === 'queued');
}

async function submitAll(
  { submits, name, origin }: Opening,
  store: JobStore,
  submitter: Submitter,
  clock: Clock,
  random: () => number,
): Promise<void> {
  const never = new AbortController().signal;
  await Promise.all(
    Array.from({ length: submits }, async (_, index) => {
      await sleep(clock, random() * 10_000, never);
      const named = `${name}-${index}`;
      const given: JobPlan = {
        ...plan,
        scope: { tenant: 'Test', origin },
        request: { ...plan.request, body: plan.request.body.replace('{', `{"name":"${named}",`) },
      };
      const written = await submitter.submit(given, { signal: never, progress: () => undefined });
      if (!written.ok) throw new Error(written.fault.message);
      const { phase, id } = store.get(written.value.key) ?? written.value;
      tell({ kind: 'told', name: named, phase, id });
    }),
  );
}

async function sendAgain(store: JobStore, submitter: Submitter, random: () => number): Promise<void> {
  await store.load('all');
  const unknown = store.all().filter(({ phase }) => phase === 'unknown');
  for (const { key } of unknown.filter(() => random() < 0.7)) {
    await store.open(key);
    await submitter.sendAgain(key, 'same-key', {
      signal: new AbortController().signal,
      progress: () => undefined,
    });
  }
}

async function withdraw(store: JobStore, submitter: Submitter, clock: Clock, random: () => number): Promise<void> {
  await sleep(clock, random() * 40_000, new AbortController().signal);
  const queued = store.all().filter(({ phase }) => phase === 'queued');
  if (queued.length === 0) return;
  const { key, name = '' } = pick(queued, random);
  const withdrawn = await submitter.withdraw(key);
  if (withdrawn.ok && withdrawn.value) tell({ kind: 'withdrawn', name });
}

/** The real disk, and the end of this process at the call whose number was drawn. */
function filesUntil(kill: Opening['kill']): ReturnType<typeof stepwiseFiles> {
  let calls = 0;
  return stepwiseFiles(() => {
    if (kill && 'atCall' in kill && calls++ === kill.atCall) process.kill(process.pid, 'SIGKILL');
  });
}

/** The real time, so many times faster: waits of minutes pass in milliseconds, and leases keep their proportions. */
function fastClock(began: number, factor: number): Clock {
  return {
    now: () => began + (Date.now() - began) * factor,
    monotonic: () => performance.now() * factor,
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds / factor);
      return () => clearTimeout(timer);
    },
  };
}
