// A failure in the words a person reads: what happened, what was kept, what to do. Nothing else makes such sentences.
import type { Failure, Rejection } from './zuora/outcome';
import { hostOf } from './tenants/profiles';

/** What the person, or the poller for them, was doing. `give-up`: leaving a submit at that whose answer was lost. */
export type Action = 'sign-in' | 'submit' | 'give-up' | 'find' | 'refresh' | 'cancel' | 'download';

export interface FailureContext {
  readonly action: Action;
  /** The tenant's name in the settings. */
  readonly tenant: string;
  readonly origin: string;
}

/** Two or three short sentences on one line, plain text: what is quoted from the service is no markup. */
export function sentence(failure: Failure, context: FailureContext): string {
  return [happened(failure, context), kept(failure, context), advice(failure, context)].filter(Boolean).join(' ');
}

function happened(failure: Failure, { action, tenant, origin }: FailureContext): string {
  const host = hostOf(origin);
  switch (failure.kind) {
    case 'network':
      return failure.sent === 'no'
        ? `${host} could not be reached: ${failure.message}.`
        : `The answer of ${host} did not come: ${failure.message}.`;
    case 'timeout':
      return `${host} did not answer: ${failure.message}.`;
    case 'canceled':
      return 'Canceled.';
    case 'unauthorized':
      return action === 'sign-in'
        ? `${host} does not accept this client id and secret (${quoted(failure.message)}).`
        : `${host} no longer accepts the sign-in of ${tenant} (${quoted(failure.message)}).`;
    case 'throttled':
      return `${host} asks for fewer requests${failure.retryAfterMs === undefined ? '' : `, for ${duration(failure.retryAfterMs)}`}.`;
    case 'in-progress':
      return `${host} is still working on this request.`;
    case 'rejected':
      return failure.status === 404 && (action === 'refresh' || action === 'cancel')
        ? `${host} does not know this job any more: ${quoted(failure.message)}.`
        : failure.status === 404 && action === 'find'
          ? `${host} knows no such job of ${tenant}: ${quoted(failure.message)}.`
          : `${host} refused it: ${reasonsOf(failure)}${failure.code === undefined ? '' : ` (code ${failure.code})`}.`;
    case 'unavailable':
      return `${host} has a problem of its own (status ${failure.status}): ${quoted(failure.message)}.`;
    case 'redirected':
      return `${host} answered with ${failure.message}, which is not followed.`;
    case 'malformed':
      return `What came from ${host} is not an answer of Zuora: ${failure.message}${failure.excerpt ? ` (“${failure.excerpt}”)` : ''}.`;
    case 'signed-out':
      return `You are not signed in to ${tenant} (${host}).`;
    case 'untrusted':
      return 'This workspace is not trusted, so nothing is sent to Zuora from it.';
    case 'storage':
      return failure.store === 'disk'
        ? `The file could not be written: ${failure.message}.`
        : `This computer failed: ${failure.message}.`;
  }
}

/** What did not change, or cannot be known. */
function kept(failure: Failure, { action }: FailureContext): string {
  switch (action) {
    case 'sign-in':
      return failure.kind === 'untrusted' ? '' : 'Nothing was stored.';
    case 'submit':
      return submitted(failure);
    case 'give-up':
      return 'Whether a job was made was left open; the request is kept.';
    case 'find':
      return 'Nothing was added to the list.';
    case 'refresh':
      return 'The job is kept as it was last seen.';
    case 'cancel':
      return mayHaveArrived(failure)
        ? 'Whether the job was canceled is unknown until the next refresh.'
        : 'The job was not canceled.';
    case 'download':
      return 'No file was written.';
  }
}

function submitted(failure: Failure): string {
  if (mayHaveArrived(failure)) return 'Whether a job was made is unknown; the request is kept.';
  switch (failure.kind) {
    case 'network':
    case 'timeout':
    case 'canceled':
    case 'signed-out':
    case 'storage':
      return 'Nothing was sent.';
    case 'untrusted':
      return '';
    case 'unauthorized':
    case 'throttled':
    case 'rejected':
    case 'redirected':
    case 'in-progress':
    case 'unavailable':
    case 'malformed':
      return 'No job was made.';
  }
}

/** True where the service may have done what was asked although we did not hear so. */
function mayHaveArrived(failure: Failure): boolean {
  switch (failure.kind) {
    case 'network':
    case 'timeout':
    case 'canceled':
      return failure.sent === 'maybe';
    case 'in-progress':
    case 'unavailable':
    case 'malformed':
      return true;
    case 'unauthorized':
    case 'throttled':
    case 'rejected':
    case 'redirected':
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return false;
  }
}

function advice(failure: Failure, { action }: FailureContext): string {
  if (action === 'give-up') return 'Adopt by ID… ties it to Zuora’s job, where there is one.';
  if (action === 'submit' && mayHaveArrived(failure)) return adviceOnDoubt(failure);
  switch (failure.kind) {
    case 'network':
      return 'Check the address, the network and the proxy settings.';
    case 'timeout':
    case 'unavailable':
      return 'Try again later.';
    case 'canceled':
      return '';
    case 'unauthorized':
      return action === 'sign-in' ? 'Check them, and that the tenant lives in this data center.' : 'Run ZOQL: Sign In.';
    case 'throttled':
    case 'in-progress':
      return 'Wait a little and try again.';
    case 'rejected':
      if (failure.status === 404 && action === 'find') return 'Check the ID, the tenant and the entity.';
      return failure.status === 403 ? "Check the permissions of the client's user in Zuora." : '';
    case 'redirected':
    case 'malformed':
      return 'Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.';
    case 'signed-out':
      return 'Run ZOQL: Sign In.';
    case 'untrusted':
      return 'Trust it with Workspaces: Manage Workspace Trust.';
    case 'storage':
      return failure.store === 'disk' ? 'Choose another place, or make room.' : 'Unlock or repair it and try again.';
  }
}

/** Zuora gives its first answer to a key again for 24 hours, its own failures too (Zuora docs, idempotent requests). */
function adviceOnDoubt({ kind }: Failure): string {
  return kind === 'unavailable'
    ? 'Zuora may repeat this answer for 24 hours. Send Again asks once more without making a second job.'
    : 'Within 24 hours Send Again repeats it without making a second job.';
}

/** Most reasons that one sentence holds; the service may give one for each of fifty queries. */
const maxReasons = 3;

function reasonsOf({ message, reasons = [message] }: Rejection): string {
  const different = [...new Set(reasons.map(quoted))];
  const more = different.length - maxReasons;
  return different.slice(0, maxReasons).join('; ') + (0 < more ? `; and ${more} more` : '');
}

/** A text of the service inside a sentence of ours: its own full stop would end ours twice. */
function quoted(message: string): string {
  return message.replace(/[.\s]+$/, '');
}

function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return seconds === 1 ? 'one second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'one minute' : `${minutes} minutes`;
}
