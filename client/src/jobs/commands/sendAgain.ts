import * as vscode from 'vscode';
import type { App } from '../../app';
import { hostOf } from '../../tenants/profiles';
import { isTrusted } from '../../tenants/commands/trust';
import { jobLabel } from '../describe';
import type { Job } from '../model';
import { pickJob } from '../pick';
import { sendWithProgress } from '../send';
import { repeatIsSafe } from '../sendRules';
import { isReadOnly } from '../submission';

/** ZOQL: Send Again. Exactly what was confirmed before, for a job whose fate is unknown or that was not made. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('submit jobs')) return;
  const job = await pickJob(app, given, {
    placeholder: 'The job to send again',
    words: ['resendable'],
    none: 'Every job in the list was made; there is nothing to send again.',
  });
  if (!job) return;
  const parts = await app.parts();
  const profile = parts.tenants.find(job.scope);
  if (profile && isReadOnly(profile)) return;
  const how = await agreed(job, job.phase === 'unknown' && repeatIsSafe(job, Date.now()));
  if (!how) return;
  await parts.resume();
  const title = `Sending ${jobLabel(job)} again to ${job.scope.tenant} (${hostOf(job.scope.origin)})`;
  await sendWithProgress(app, title, options => parts.submitter.sendAgain(job.key, how, options));
}

/** The key that a person agrees to. `safe`: the same key still makes sure that there is no second job. */
async function agreed(job: Job, safe: boolean): Promise<'same-key' | 'new-key' | undefined> {
  const send = 'Send Again';
  const sendNew = 'Send with New Key';
  const actions = safe ? [send, sendNew] : [send];
  const message = `Send ${jobLabel(job)} again?`;
  const detail = [whatIsSent(job), ...whatItMakes(job, safe)].join('\n\n');
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...actions);
  if (answer === undefined) return undefined;
  return safe && answer === send ? 'same-key' : 'new-key';
}

function whatIsSent({ queries, scope }: Job): string {
  const count = queries.length === 1 ? '1 query' : `${queries.length} queries`;
  return `${count} as confirmed before, to ${scope.tenant} (${hostOf(scope.origin)}).`;
}

function whatItMakes({ phase, failure }: Job, safe: boolean): string[] {
  if (phase !== 'unknown') return [];
  if (!safe) {
    return [
      'The Idempotency-Key is older than 24 hours and no longer protects: if Zuora made the job then, this makes a second one.',
    ];
  }
  return [
    'Send Again uses the same Idempotency-Key. If Zuora made the job, its ID comes back and no second job is made; if Zuora never got it, this makes it.',
    failure?.kind === 'unavailable'
      ? 'Zuora answered with an error of its own, which it may repeat for this key for 24 hours. A new key gets around that, and makes a second job if Zuora made the first after all.'
      : 'A new key makes a second job if Zuora made the first.',
  ];
}
