import type { App } from '../../app';
import { isTrusted } from '../../tenants/commands/trust';
import { adoptFor, askForId, found, revealKnown } from '../adopting';
import { jobLabel } from '../describe';
import { targetOf } from '../model';
import { pickJob } from '../pick';

/** ZOQL: Adopt by ID…. A job whose answer was lost gets the id that a person has found in Zuora. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('ask for jobs')) return;
  const entry = await pickJob(app, given, {
    placeholder: 'The job whose ID you know',
    words: ['adoptable'],
    none: 'Every job in the list has its ID, or was not made.',
  });
  if (!entry) return;
  const target = targetOf(entry);
  const id = await askForId(`The ID of ${jobLabel(entry)} on ${target.tenant}`);
  if (id === undefined || (await revealKnown(app, target, id))) return;
  const job = await found(app, target, `Asking ${target.tenant} for ${id}`, (client, signal) =>
    client.job(target, id, signal),
  );
  if (job) await adoptFor(app, entry, job);
}
