// Another window, started by jobChildren.ts: does one task with the real parts.
import { randomBytes, randomUUID } from 'node:crypto';
import { openJournal } from '../../client/src/jobs/journal';
import { openLeases } from '../../client/src/jobs/leases';
import { openStore } from '../../client/src/jobs/store';
import { createSubmitter } from '../../client/src/jobs/submit';
import { thisWindow } from '../../client/src/jobs/windows';
import { createZuoraClient } from '../../client/src/zuora/aqua';
import { createTokenSource } from '../../client/src/zuora/auth';
import { systemClock } from '../../client/src/zuora/clock';
import { success } from '../../client/src/zuora/outcome';
import type { ChildTask } from './jobChildren';
import { answer, attempt, plan } from './jobParts';

const task = JSON.parse(process.argv[2] ?? '') as ChildTask;
if (task.task === 'append') await append(task);
else if (task.task === 'settle') await settle(task);
else if (task.task === 'lease') hold(task);
else await submit(task);

async function append({ folder, key, writer, records }: Extract<ChildTask, { task: 'append' }>): Promise<void> {
  const journal = openJournal(folder);
  for (let count = 0; count < records; count++) {
    const status = `writer ${writer} record ${count} ${'x'.repeat(200)}`;
    const answer = { id: 'J1', status, name: undefined, message: undefined, batches: [] };
    const written = await journal.append(key, { kind: 'answer', sequence: count + 1, at: 0, answer });
    if (!written.ok) throw new Error(written.fault.message);
  }
}

async function settle({ folder, writer, jobs }: Extract<ChildTask, { task: 'settle' }>): Promise<void> {
  const store = openStore({ journal: openJournal(folder), clock: systemClock, randomBytes });
  for (let count = 0; count < jobs; count++) {
    const id = `J${writer}-${count}`;
    const job = await store.add(plan, attempt(id));
    if (!job.ok) throw new Error(job.fault.message);
    for (const status of ['executing', 'completed']) {
      const written = await store.applyAnswer(job.value.key, answer(id, status, 'accounts executing'));
      if (!written.ok) throw new Error(written.fault.message);
    }
    console.log(id);
  }
  store.dispose();
}

async function submit(given: Extract<ChildTask, { task: 'submit' }>): Promise<void> {
  const { folder, origin, clientId, clientSecret } = given;
  const transport = { clock: systemClock, log: () => undefined, mayConnect: () => true };
  const credentialsFor = () => Promise.resolve(success({ clientId, clientSecret }));
  const tokens = createTokenSource({ transport, random: Math.random, credentialsFor });
  const store = openStore({ journal: openJournal(folder), clock: systemClock, randomBytes });
  const submitter = createSubmitter({
    store,
    client: createZuoraClient({ transport, tokens, random: Math.random }),
    clock: systemClock,
    random: Math.random,
    newIdempotencyKey: randomUUID,
    writer: thisWindow(),
  });
  const options = { signal: new AbortController().signal, progress: () => undefined };
  await submitter.submit({ ...plan, scope: { tenant: 'Test', origin } }, options);
}

function hold({ folder, tenant, origin }: Extract<ChildTask, { task: 'lease' }>): void {
  const leases = openLeases({ folder, clock: systemClock, writer: thisWindow(), isFocused: () => true });
  leases.follow({ tenant, origin }, () => undefined).want(true);
}
