/** Canceling a job at Zuora, and what that has come to in words. */
import { sentence } from '../words';
import type { ZuoraClient } from '../zuora/aqua';
import { mayHaveActed, type Failure, type Outcome } from '../zuora/outcome';
import { jobLabel } from './describe';
import { isSettled, targetOf, type Job, type JobSummary } from './model';
import type { Poller } from './poller';
import type { JobStore } from './store';

export interface CancelParts {
  readonly client: Pick<ZuoraClient, 'cancel'>;
  readonly poller: Pick<Poller, 'refresh'>;
  readonly store: Pick<JobStore, 'find'>;
}

/** Cancels a job that has an id, asks what became of it, and answers what is to be said. */
export async function cancelAtZuora(
  { client, poller, store }: CancelParts,
  job: Job & { readonly id: string },
  signal: AbortSignal,
): Promise<CancelWords | undefined> {
  const answer = await client.cancel(targetOf(job), job.id, signal);
  // Whatever came back: only the job itself tells whether it is canceled, and what became of its batches.
  const asked = await poller.refresh(job.key);
  const known = store.find(job.key);
  return known && cancelWords(answer, asked, known);
}

export interface CancelWords {
  readonly kind: 'information' | 'error';
  readonly message: string;
}

/** Zuora's code for canceling a job that is complete already (AQuA API error codes). */
const alreadyComplete = '90003';

/**
 * What to say after a cancel: `answer` is that of the DELETE, `asked` that of the GET after it, `job` how it is known since.
 * Only what the GET tells counts: the answer to a DELETE can be lost though it worked, and says little of the batches.
 * Undefined where the job's line says all: it is canceled.
 */
function cancelWords(answer: Outcome<unknown>, asked: Outcome<void>, job: JobSummary): CancelWords | undefined {
  const name = jobLabel(job);
  const { tenant, origin } = job.scope;
  const failure = answer.ok ? undefined : answer.failure;
  if (job.phase === 'gone') {
    return {
      kind: 'information',
      message: `${name} is gone: Zuora no longer knows its ID. There is nothing to cancel.`,
    };
  }
  if (isSettled(job)) {
    if (job.status === 'cancelled') return undefined;
    const message = `${name} was complete before it could be canceled. It is ${job.status ?? 'finished'}.`;
    return { kind: 'information', message };
  }
  // From here on the job runs, as far as is known.
  if (!failure) {
    const message = asked.ok
      ? `Zuora has taken the cancel of ${name}, which is still ${job.status ?? 'running'}. The list shows when it has ended.`
      : `Zuora has taken the cancel of ${name}. Whether it has ended could not be asked; the list shows it as soon as Zuora answers.`;
    return { kind: 'information', message };
  }
  if (isAlreadyComplete(failure) && !asked.ok) {
    const message = `Zuora says that ${name} cannot be canceled any more. How it ended could not be asked; the list shows it as soon as Zuora answers.`;
    return { kind: 'information', message };
  }
  // The GET has told what the lost answer would have.
  if (asked.ok && mayHaveActed(failure)) {
    const message = `The answer to the cancel of ${name} was lost, and the job is still ${job.status ?? 'running'}. Cancel it again if it does not end soon.`;
    return { kind: 'error', message };
  }
  return { kind: 'error', message: sentence(failure, { action: 'cancel', tenant, origin }) };
}

function isAlreadyComplete(failure: Failure): boolean {
  return failure.kind === 'rejected' && failure.code === alreadyComplete;
}
