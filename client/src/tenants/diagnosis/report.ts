// A diagnosis in the words of a plain text. Plain data in, plain data out.
import { happenedAndAdvice, skewSentence } from '../../words';
import type { Failure } from '../../zuora/outcome';
import type { CertificateFacts } from '../../zuora/probes/certificate';
import type { Probe } from '../../zuora/probes/probe';
import { notableSkewMs } from '../../zuora/skew';
import { hostOf } from '../profiles';
import type { CredentialsSource, Diagnosis, LeftOut } from './diagnosis';
import type { ProxyChoice } from './proxy';

interface Step {
  readonly name: string;
  readonly state: 'ok' | 'failed' | 'note' | 'left out';
  readonly words: string;
  readonly durationMs?: number;
  /** What to do about it. */
  readonly advice?: string;
}

/** The report, secrets left out: what to do first, the steps with what each showed, and the settings that count. */
export function reportOf(diagnosis: Diagnosis): string {
  const { tenant, origin, at, network } = diagnosis;
  const steps = stepsOf(diagnosis);
  const width = Math.max(...network.map(([name]) => name.length));
  const settings = network.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return `Connection to ${tenant} (${hostOf(origin)})

Looked at on ${at.toISOString().replace('T', ' ').slice(0, 19)} UTC by this computer's clock. Nothing was changed. No secret is shown.

What to do first

  ${firstOf(diagnosis, steps)}

What each step showed

${steps.map(drawn).join('\n')}

Settings of VS Code, and environment variables that are set

${settings.join('\n')}
`;
}

/** The way is as good as its first bad step: what comes later fails for the same reason. */
function firstOf({ token }: Diagnosis, steps: readonly Step[]): string {
  const ofTheWay = steps.filter(({ name }) => !lookedAtOnly.has(name));
  const bad = ofTheWay.find(({ state }) => state === 'failed') ?? steps.find(({ advice }) => advice !== undefined);
  if (bad) return bad.advice ?? 'Run it again: it was canceled.';
  if ('leftOut' in token) return 'Run ZOQL: Sign In; as far as it can be looked at without, the way is free.';
  return 'Nothing: every step worked.';
}

/** Steps that are looked at beside the way that requests go: these alone fail where a proxy does their work. */
const lookedAtOnly: ReadonlySet<string> = new Set(['Host name', 'Certificate']);

function stepsOf(diagnosis: Diagnosis): readonly Step[] {
  const { origin, place, proxy } = diagnosis;
  return [
    { name: 'Address', state: 'ok', words: `${origin}, ${place}.` },
    { name: 'Proxy', state: 'ok', words: proxyInWords(proxy) },
    hostNameStep(diagnosis),
    certificateStep(diagnosis),
    answerStep(diagnosis),
    clockStep(diagnosis),
    tokenStep(diagnosis),
    permissionStep(diagnosis),
  ];
}

function drawn({ name, state, words, durationMs }: Step): string {
  const took = durationMs === undefined ? '' : ` (${durationMs} ms)`;
  return `  ${`[${state}]`.padEnd(10)}  ${name.padEnd(11)}  ${words}${took}`;
}

function proxyInWords(proxy: ProxyChoice): string {
  switch (proxy.kind) {
    case 'none':
      return `None: ${proxy.why}.`;
    case 'proxy':
      return `${proxy.address}, named by ${proxy.source}.`;
    case 'system':
      return 'No setting and no variable names one; VS Code takes what the system names, if it names one.';
  }
}

function hostNameStep({ origin, hostName, proxy, answer }: Diagnosis): Step {
  const name = 'Host name';
  if ('leftOut' in hostName) return leftOut(name, hostName);
  const { outcome, durationMs } = hostName;
  const { hostname } = new URL(origin);
  if (outcome.ok) return { name, state: 'ok', words: `${hostname} is ${outcome.value.join(', ')}.`, durationMs };
  const words = `${hostname}: ${messageOf(outcome.failure)}.`;
  // A proxy looks the name up itself.
  if (proxy.kind === 'proxy' || answer.outcome.ok) {
    return { name, state: 'note', words: `${words} Behind a proxy that does not matter.`, durationMs };
  }
  return { name, state: 'failed', words, durationMs };
}

function certificateStep({ certificate, answer }: Diagnosis): Step {
  const name = 'Certificate';
  if ('leftOut' in certificate) return leftOut(name, certificate);
  const { outcome, durationMs } = certificate;
  if (!outcome.ok) {
    const state = answer.outcome.ok ? 'note' : 'failed';
    return { name, state, words: `It could not be looked at: ${messageOf(outcome.failure)}.`, durationMs };
  }
  const { distrust } = outcome.value;
  const facts = certificateInWords(outcome.value);
  if (!distrust) return { name, state: 'ok', words: `Trusted. ${facts}`, durationMs };
  // VS Code may know more authorities than Node does by itself: what it has let pass counts.
  if (answer.outcome.ok) return { name, state: 'ok', words: `Trusted by VS Code. ${facts}`, durationMs };
  // What the way of the requests says counts, since it may know more authorities than this look has.
  const { failure } = answer.outcome;
  const reason =
    failure.kind === 'network' && failure.message.startsWith('its certificate') ? failure.message : distrust.reason;
  return { name, state: 'failed', words: `Not trusted: ${reason}. ${facts}`, durationMs };
}

function certificateInWords({ subject, issuer, hosts, validFrom, validTo }: CertificateFacts): string {
  const listed = hosts.length <= 3 ? hosts.join(', ') : `${hosts.slice(0, 3).join(', ')} and ${hosts.length - 3} more`;
  const days = `${dayOf(validFrom)} to ${dayOf(validTo)}`;
  return `Of ${subject}, for ${listed || 'no host'}, signed by ${issuer}, valid from ${days}.`;
}

function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);
}

function answerStep(diagnosis: Diagnosis): Step {
  const name = 'Answer';
  const { outcome, durationMs } = diagnosis.answer;
  if (!outcome.ok) return failure(name, diagnosis, outcome.failure, durationMs);
  const words =
    outcome.value.status === 401
      ? 'Zuora answers, and asks for a sign-in as it should.'
      : `It answers without a sign-in, with status ${outcome.value.status}.`;
  return { name, state: 'ok', words, durationMs };
}

function clockStep({ origin, answer: { outcome } }: Diagnosis): Step {
  const name = 'Clock';
  const skewMs = outcome.ok ? outcome.value.skewMs : undefined;
  if (skewMs === undefined) return { name, state: 'left out', words: 'There is no dated answer to compare it with.' };
  if (notableSkewMs <= Math.abs(skewMs)) {
    const words = skewSentence(skewMs, origin);
    return { name, state: 'failed', words, advice: words };
  }
  return { name, state: 'ok', words: "It agrees with the service's within five minutes." };
}

function tokenStep(diagnosis: Diagnosis): Step {
  const name = 'Token';
  const { token, credentials } = diagnosis;
  if ('leftOut' in token) return leftOut(name, token);
  const { outcome, durationMs } = token;
  if (!outcome.ok) return failure(name, diagnosis, outcome.failure, durationMs);
  return { name, state: 'ok', words: `The service gives one for ${sourceInWords[credentials]}.`, durationMs };
}

const sourceInWords: Readonly<Record<CredentialsSource, string>> = {
  environment: 'the client id and secret of ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET',
  stored: 'the stored client id and secret',
  session: 'the client id and secret of this session',
};

function permissionStep(diagnosis: Diagnosis): Step {
  const name = 'Permission';
  const { permission } = diagnosis;
  if ('leftOut' in permission) return leftOut(name, permission);
  const { outcome, durationMs } = permission;
  if (!outcome.ok) return failure(name, diagnosis, outcome.failure, durationMs, 'refresh');
  return { name, state: 'ok', words: 'AQuA answers this client.', durationMs };
}

function failure(
  name: string,
  { tenant, origin }: Diagnosis,
  reason: Failure,
  durationMs: Probe<unknown>['durationMs'],
  action: 'sign-in' | 'refresh' = 'sign-in',
): Step {
  const { happened, advice } = happenedAndAdvice(reason, { action, tenant, origin });
  return { name, state: 'failed', words: happened, durationMs, ...(advice === '' ? {} : { advice }) };
}

function leftOut(name: string, { leftOut: words }: LeftOut): Step {
  return { name, state: 'left out', words };
}

function messageOf(failed: Failure): string {
  return failed.kind === 'canceled' ? 'canceled' : failed.message;
}
