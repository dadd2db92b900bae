import * as vscode from 'vscode';
import type { App } from '../../app';
import { hostOf } from '../../tenants/profiles';
import { isTrusted } from '../../tenants/commands/trust';
import { jobLabel } from '../describe';
import type { Job } from '../model';
import { pickJob } from '../pick';
import { sendWithProgress } from '../send';
import { repeatIsSafe } from '../sendRules';

/** ZOQL: Send Again. Exactly what was confirmed before, for a job whose fate is unknown or that was not made. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('submit jobs')) return;
  const job = await pickJob(app, given, {
    placeholder: 'The job to send again',
    words: ['resendable'],
    none: 'Every job in the list was made; there is nothing to send again.',
  });
  if (!job) return;
  const how = job.phase === 'unknown' && repeatIsSafe(job, Date.now()) ? 'same-key' : 'new-key';
  if (!(await agreed(job, how))) return;
  const parts = await app.parts();
  await parts.resume();
  const title = `Sending ${jobLabel(job)} again to ${job.scope.tenant} (${hostOf(job.scope.origin)})`;
  await sendWithProgress(app, title, options => parts.submitter.sendAgain(job.key, how, options));
}

async function agreed(job: Job, how: 'same-key' | 'new-key'): Promise<boolean> {
  const { tenant, origin } = job.scope;
  const send = 'Send Again';
  const count = job.queries.length === 1 ? '1 query' : `${job.queries.length} queries`;
  const what = `${count} as confirmed before, to ${tenant} (${hostOf(origin)}).`;
  const detail =
    how === 'same-key'
      ? `${what}\n\nIt carries the same Idempotency-Key: if Zuora made the job, its ID comes back and no second job is made.`
      : job.phase === 'unknown'
        ? `${what}\n\nThe Idempotency-Key is older than 24 hours and no longer protects: if Zuora made the job then, this makes a second one.`
        : what;
  const message = `Send ${jobLabel(job)} again?`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, send)) === send;
}
