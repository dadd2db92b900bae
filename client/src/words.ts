// What went wrong in the words a person reads: what happened, what was kept, what to do. Nothing else makes such sentences.
import type { DiskFault, JobCondition, JobSummary } from './jobs/model';
import { hostOf, type TenantProfile } from './tenants/profiles';
import { codeIn, codeWords, withoutCode, type CodeWords } from './zuora/aquaErrors';
import { mayHaveActed, type Failure, type Rejection } from './zuora/outcome';
import { culpritOf } from './zuora/refusals';

/**
 * What the person, or the poller for them, was doing.
 *
 * - `recover`: repeating a request whose answer was lost, without anybody waiting.
 * - `queue`: sending a job that waits for a place, without anybody waiting.
 * - `poll`: as `refresh`, without anybody waiting.
 * - `give-up`: nothing any more; a person has left it open whether the job was made.
 */
export type Action =
  | 'sign-in'
  | 'submit'
  | 'recover'
  | 'queue'
  | 'refresh'
  | 'poll'
  | 'cancel'
  | 'adopt'
  | 'give-up'
  | 'download'
  | 'metadata'
  | 'test';

export interface FailureContext {
  readonly action: Action;
  /** The tenant's name in the settings. */
  readonly tenant: string;
  readonly origin: string;
  /** Of a sign-in that is not one with an OAuth client. */
  readonly signIn?: TenantProfile['signIn'] | undefined;
  /** Of a submit: an earlier answer was lost, so that a job may exist whatever this failure says. */
  readonly doubt?: boolean;
}

/** Two to four short sentences on one line, plain text: what is quoted from the service is no markup. */
export function sentence(failure: Failure, context: FailureContext): string {
  return joined(happened(failure, context), kept(failure, context), advice(failure, context));
}

/** The same without what was kept, for a report that keeps the advice apart. */
export function happenedAndAdvice(
  failure: Failure,
  context: FailureContext,
): { readonly happened: string; readonly advice: string } {
  return { happened: happened(failure, context), advice: advice(failure, context) };
}

/** Why a job has no success, or is not watched, as sentences; undefined where nothing is the matter. */
export function jobSentence(job: JobSummary): string | undefined {
  const { phase, failure, condition, scope } = job;
  const { tenant, origin } = scope;
  const because = (action: Action, doubt = false) => failure && sentence(failure, { action, tenant, origin, doubt });
  switch (phase) {
    case 'queued':
      return condition ? conditionSentence(condition, 'queue', job) : queuedSentence(job);
    case 'sending':
      return condition && conditionSentence(condition, 'recover', job);
    case 'running':
      return condition && conditionSentence(condition, condition.kind === 'stopped' ? 'refresh' : 'poll', job);
    case 'finished':
      return condition && conditionSentence(condition, 'poll', job);
    case 'refused':
    case 'not-sent':
      return because('submit');
    case 'unknown':
      return because('submit', true);
    case 'given-up':
      return because('give-up');
    case 'gone':
      return because('refresh');
  }
}

/** How a finished job has ended, where that is no success: undefined for one that gave every query's result. */
export function endSentence({ phase, status, message = '', counts }: JobSummary): string | undefined {
  if (phase !== 'finished') return undefined;
  const culprit = culpritOf(message);
  const words = codeWords(codeIn(message) ?? '');
  const cause = culprit ? undefined : words?.cause;
  const reason = culprit ? culpritInWords(culprit) : quoted(withoutCode(message));
  const says = reason === '' ? '' : `: ${reason}${inParentheses(codeIn(message))}`;
  switch (status) {
    case 'error':
      return joined(
        `Zuora did not run the job${says}.`,
        cause,
        'No query gave a result.',
        words?.remedy ?? 'Mend the queries and submit them again.',
      );
    case 'aborted':
      return joined(
        `Zuora aborted the job${says}.`,
        cause,
        resultsLeft(counts.completed),
        words?.remedy ?? 'Read what the failed batches say, mend their queries and submit them again.',
      );
    case 'cancelled':
      return joined(
        'The job was canceled.',
        resultsLeft(counts.completed),
        'Submit the others again when you need them.',
      );
    default: {
      const missing = counts.queries - counts.batches;
      if (status !== 'completed' || missing <= 0) return undefined;
      return joined(
        `Zuora ignored ${missing} of ${counts.queries} queries: the client's user may not be permitted to read their objects.`,
        resultsLeft(counts.completed),
        codeWords('90018')?.remedy,
      );
    }
  }
}

function resultsLeft(completed: number): string {
  if (completed === 0) return 'No query gave a result.';
  return completed === 1
    ? 'The result of one query can be had for three days.'
    : `The results of ${completed} queries can be had for three days.`;
}

/** What Zuora says of one query, as a problem in its file says it. `changed`: the query is no longer what was sent. */
export function querySentence(
  error: {
    readonly kind: 'refused' | 'failed' | 'ignored';
    readonly message: string;
    readonly code: string | undefined;
    readonly object?: string | undefined;
  },
  { changed }: { readonly changed: boolean },
): string {
  const { kind, message, code = '', object } = error;
  const since = changed ? ' (changed since submit)' : '';
  const remedy = codeWords(code)?.remedy ?? 'Mend the query and submit it again.';
  switch (kind) {
    case 'refused':
      return joined(
        `${quoted(message) || 'Zuora refused this query without a reason'}${since}.`,
        'No job was made.',
        remedy,
      );
    case 'failed':
      return joined(
        `${quoted(message) || 'Zuora aborted this query without a reason'}${since}.`,
        'It gave no result.',
        remedy,
      );
    case 'ignored':
      return joined(
        `Zuora ignored this query${since}: the client's user may not be permitted to read ${object ?? 'its object'}.`,
        'It gave no result.',
        remedy,
      );
  }
}

/** What a clock that is wrong by so many milliseconds means, positive where it is ahead of the service's. */
export function skewSentence(milliseconds: number, origin: string): string {
  const way = 0 < milliseconds ? 'ahead of' : 'behind';
  return `This computer's clock is ${aboutDuration(Math.abs(milliseconds))} ${way} the one of ${hostOf(origin)}. Certificates may be refused for it, and times of jobs be taken wrongly. Set the clock.`;
}

/** What a code in front of a message means and what to do; undefined where there is none or nobody has documented it. */
export function explained(message: string): CodeWords | undefined {
  return codeWords(codeIn(message) ?? '');
}

/** What needed the disk. */
export type DiskAction = 'submit' | 'remove' | 'change' | 'adopt' | 'export' | 'read' | 'state';

/** As `sentence`, where this computer's disk said no. */
export function faultSentence({ code, message }: DiskFault, action: DiskAction): string {
  const [what, left] = faultWords[action];
  const then = action === 'state' ? ' Keep this window open until then.' : '';
  return `${what}: ${quoted(message)}. ${left} ${diskAdvice(code)}${then}`;
}

const faultWords: Readonly<Record<DiskAction, readonly [what: string, left: string]>> = {
  submit: ['The job could not be written down first', 'Nothing was sent.'],
  remove: ['The job could not be removed from the list', 'It is kept as it was.'],
  change: ['The change of the job could not be written down', 'The job is kept as it was.'],
  adopt: ['The job could not be written down', 'It is not in the list; nothing of it changed in Zuora.'],
  export: ['The file could not be written', 'The list is as it was.'],
  read: ['The list of jobs cannot be read', 'Nothing of it was changed.'],
  state: [
    'The newest state of the job could not be written down',
    'This window remembers it, and writes it as soon as that works.',
  ],
};

function diskAdvice(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Make room on the disk.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return "Check whether VS Code may write to its own folder for this extension's data.";
    default:
      return 'Check the disk that holds the data of VS Code.';
  }
}

function conditionSentence(
  { failure }: JobCondition,
  action: Action,
  { scope: { tenant, origin } }: Pick<JobSummary, 'scope'>,
): string {
  switch (failure.kind) {
    case 'disk':
      return faultSentence(failure, 'state');
    case 'switched-off':
      return 'Polling is switched off in this window (zoql.polling.enabled). The job is kept as it was last seen. Refresh asks Zuora once.';
    default:
      return sentence(failure, { action, tenant, origin });
  }
}

function queuedSentence({ scope }: Pick<JobSummary, 'scope'>): string {
  return `${scope.tenant} has no place for one more job at the moment. ${keptInQueue} It is sent by itself when another job has ended.`;
}

const keptInQueue = 'No job was made yet; the request is kept.';

function happened(failure: Failure, { action, tenant, origin, signIn }: FailureContext): string {
  const host = hostOf(origin);
  switch (failure.kind) {
    case 'network':
      return failure.sent === 'no'
        ? `${host} could not be reached: ${failure.message}.`
        : `The answer of ${host} did not come: ${quoted(failure.message)}.`;
    case 'timeout':
      return `${host} did not answer: ${failure.message}.`;
    case 'canceled':
      return 'Canceled.';
    case 'unauthorized':
      return action === 'sign-in'
        ? `${host} does not accept this ${credentialsInWords(signIn)} (${quoted(failure.message)}).`
        : `${host} no longer accepts the sign-in of ${tenant} (${quoted(failure.message)}).`;
    case 'throttled':
      return `${host} asks for fewer requests${failure.retryAfterMs === undefined ? '' : `, for ${duration(failure.retryAfterMs)}`}.`;
    case 'in-progress':
      return `${host} is still working on this request.`;
    case 'rejected': {
      const what = isUnknownJob(failure, action) ? 'does not know this job' : 'refused it';
      const cause = failure.culprit ? undefined : codeWords(failure.code ?? '')?.cause;
      return joined(`${host} ${what}: ${reasonsOf(failure)}${inParentheses(failure.code)}.`, cause);
    }
    case 'unavailable':
      return `${host} has a problem of its own (status ${failure.status}): ${quoted(failure.message)}.`;
    case 'redirected':
      return `${host} answered with ${failure.message}, which is not followed.`;
    case 'malformed':
      return `What came from ${host} is not an answer of Zuora: ${failure.message}${failure.excerpt ? ` (“${failure.excerpt}”)` : ''}.`;
    case 'signed-out':
      return `You are not signed in to ${tenant} (${host}).`;
    case 'untrusted':
      return failure.settings
        ? `This workspace sets ${failure.settings.join(', ')}, which would lead requests another way, so nothing is sent to Zuora from it.`
        : 'This workspace is not trusted, so nothing is sent to Zuora from it.';
    case 'storage':
      return failure.store === 'disk'
        ? `${action === 'download' ? 'The file' : 'The job'} could not be written: ${quoted(failure.message)}.`
        : `This computer failed: ${failure.message}.`;
  }
}

/** What a person signs in with. */
export function credentialsInWords(signIn: TenantProfile['signIn']): string {
  return signIn === 'apiAccessKey' ? 'API access key' : 'client id and secret';
}

function isUnknownJob({ status, code }: Rejection, action: Action): boolean {
  const isAbout = action === 'refresh' || action === 'poll' || action === 'cancel' || action === 'adopt';
  return isAbout && (status === 404 || code === '90002');
}

/** What did not change, or cannot be known. */
function kept(failure: Failure, { action, doubt = false }: FailureContext): string {
  switch (action) {
    case 'sign-in':
      return 'Nothing was stored.';
    case 'submit':
      return doubt || mayHaveActed(failure)
        ? 'Whether a job was made is unknown; the request is kept.'
        : notSubmitted(failure);
    case 'recover':
      return 'Whether a job was made is not known yet; the request is kept.';
    case 'queue':
      return keptInQueue;
    case 'refresh':
    case 'poll':
      return 'The job is kept as it was last seen.';
    case 'cancel':
      return mayHaveActed(failure)
        ? 'Whether the job was canceled is unknown until the next refresh.'
        : 'The job was not canceled.';
    case 'adopt':
      return 'Nothing was added to the list.';
    case 'give-up':
      return 'Whether a job was made was left open; the request is kept.';
    case 'download':
      return 'No file was written.';
    case 'metadata':
      return 'What was known of the objects stays.';
    case 'test':
      return 'Nothing was changed.';
  }
}

function notSubmitted(failure: Failure): string {
  switch (failure.kind) {
    case 'network':
    case 'timeout':
    case 'canceled':
    case 'signed-out':
    case 'storage':
      return 'Nothing was sent; the request is kept.';
    case 'untrusted':
      return 'The request is kept.';
    case 'unauthorized':
    case 'throttled':
    case 'rejected':
    case 'redirected':
    case 'in-progress':
    case 'unavailable':
    case 'malformed':
      return 'No job was made; the request is kept.';
  }
}

/** What goes on by itself, and what a person can do. Who has canceled something that leaves nothing needs no advice. */
function advice(failure: Failure, context: FailureContext): string {
  const { action, doubt = false } = context;
  if (action === 'submit' && (doubt || mayHaveActed(failure))) return adviceOnLost;
  if (action === 'give-up') return adviceOnGivenUp;
  const byHand = adviceByHand(failure, context);
  if (action === 'submit') return failure.kind === 'rejected' ? byHand : thenSendAgain(byHand);
  const goesOn = goesOnByItself[action];
  if (goesOn === undefined) return byHand;
  switch (failure.kind) {
    case 'unauthorized':
    case 'signed-out':
    case 'untrusted':
      return `${quoted(byHand)}, and it goes on by itself.`;
    case 'rejected':
    case 'redirected':
      return byHand;
    case 'timeout':
    case 'unavailable':
    case 'throttled':
    case 'in-progress':
    case 'canceled':
      return goesOn;
    case 'network':
    case 'malformed':
    case 'storage':
      return joined(goesOn, `If that does not help: ${lowerFirst(byHand)}`);
  }
}

function thenSendAgain(first: string): string {
  return first === '' ? 'Send Again sends it.' : `${quoted(first)}, then Send Again.`;
}

const adviceOnLost =
  'For 24 hours, Send Again finds the job or makes it, but never a second one; after that, Adopt by ID… or Give Up settles it.';

const adviceOnGivenUp = "If Zuora's AQuA Job Finder shows the job, Adopt by ID… takes it up.";

/** Where nobody waits, most of what fails is tried again. */
const goesOnByItself: Readonly<Partial<Record<Action, string>>> = {
  recover: 'It is sent again by itself, which makes no second job.',
  queue: 'It is sent by itself as soon as that works.',
  poll: 'The job is asked for again by itself.',
};

function adviceByHand(failure: Failure, { action, signIn }: FailureContext): string {
  switch (failure.kind) {
    case 'network':
      return adviceOnNetwork(failure);
    case 'timeout':
    case 'unavailable':
      return action === 'submit' ? 'Wait until it is well again.' : 'Try again later.';
    case 'canceled':
      return '';
    case 'unauthorized':
      return action === 'sign-in'
        ? `Check the ${signIn === 'apiAccessKey' ? 'name and the password, that the user may still use the API' : 'client id and the secret, that the client still exists in Zuora'}, and the data center: another one refuses right credentials just the same.`
        : 'Run ZOQL: Sign In.';
    case 'throttled':
    case 'in-progress':
      return action === 'submit' ? 'Wait a little.' : 'Wait a little and try again.';
    case 'rejected':
      return adviceOnRefusal(failure, action);
    case 'redirected':
    case 'malformed':
      return 'Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.';
    case 'signed-out':
      return 'Run ZOQL: Sign In.';
    case 'untrusted':
      return failure.settings
        ? 'Take that out of the settings of the workspace; what you need of it belongs into your own.'
        : 'Trust it with Workspaces: Manage Workspace Trust.';
    case 'storage':
      if (failure.store === 'secrets') return 'Unlock or repair it.';
      return action === 'download' ? 'Choose another place, or make room.' : 'Make room on the disk.';
  }
}

function adviceOnNetwork({ cause }: Extract<Failure, { kind: 'network' }>): string {
  switch (cause) {
    case 'unknown-host':
      return 'Check the address in the setting zoql.tenants, the network or VPN, and the proxy settings.';
    case 'proxy-sign-in':
      return 'Sign in to the proxy where VS Code asks for it, or name its user in the setting http.proxy (http://name:password@host:port).';
    case 'unknown-authority':
      return "Have this computer trust the authority of your company's network (with the setting http.systemCertificates VS Code then does, too), or start VS Code with NODE_EXTRA_CA_CERTS set to the file of its certificate.";
    case 'certificate-dates':
      return "Check this computer's date and time; if they are right, whoever runs the host or the proxy has to renew the certificate.";
    case 'certificate-host':
      return 'Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.';
    default:
      return 'Check the address, the network and the proxy settings.';
  }
}

function adviceOnRefusal({ status, code }: Rejection, action: Action): string {
  // A file that is not there any more has no code that says so.
  const known = action === 'download' && status === 404 ? undefined : codeWords(code ?? '')?.remedy;
  if (known !== undefined) return known;
  if (status === 403) {
    return "Check the permissions of the client's user in Zuora, and in a tenant with Multi-entity its entity IDs.";
  }
  switch (action) {
    case 'sign-in':
      return 'Check the client id, the secret and the data center, and in a tenant with Multi-entity its entity IDs.';
    case 'submit':
    case 'recover':
    case 'queue':
    case 'give-up':
      return 'Change what it names and submit again.';
    case 'refresh':
    case 'poll':
      return 'Check the entity IDs of the tenant; Refresh Job asks again.';
    case 'cancel':
      return 'Refresh Job shows how the job stands.';
    case 'adopt':
      return 'Check the ID, the tenant and its entity IDs.';
    case 'download':
      return 'Zuora keeps result files for three days: after that, submit the query again.';
    case 'metadata':
    case 'test':
      return "Check the address, and the permissions of the client's user in Zuora.";
  }
}

/** Most reasons that one sentence holds; the service may give one for each of fifty queries. */
const maxReasons = 3;

function reasonsOf({ message, reasons = [message], culprit }: Rejection): string {
  if (culprit) return culpritInWords(culprit);
  const different = [...new Set(reasons.map(quoted))];
  const more = different.length - maxReasons;
  return different.slice(0, maxReasons).join('; ') + (0 < more ? `; and ${more} more` : '');
}

function culpritInWords({ error, query }: NonNullable<Rejection['culprit']>): string {
  return `${quoted(error)}, in “${beginning(query)}”`;
}

/** Enough of a query to know it by. */
function beginning(query: string): string {
  const line = query.replace(/\s+/g, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 59).replace(/[\ud800-\udbff]$/, '')}…`;
}

function inParentheses(code: string | undefined): string {
  return code === undefined ? '' : ` (code ${code})`;
}

/** A text of the service inside a sentence of ours: its own full stop would end ours twice. */
function quoted(message: string): string {
  return message.replace(/[.\s]+$/, '');
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function joined(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter(Boolean).join(' ');
}

function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return seconds === 1 ? 'one second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'one minute' : `${minutes} minutes`;
}

/** Of a few minutes or more, in the unit that says most. */
function aboutDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
