// Looks at every part of the way to a tenant's service, one after another, and changes none of it.
import { isApiAccessKey, requestToken, Token, type Credentials } from '../../zuora/auth';
import { success, type Outcome } from '../../zuora/outcome';
import { askWithoutCredentials, type AnswerFacts } from '../../zuora/probes/answer';
import { lookAtCertificate, type CertificateFacts } from '../../zuora/probes/certificate';
import { lookUp } from '../../zuora/probes/hostName';
import { askForNoJob } from '../../zuora/probes/permission';
import { probe, type Probe } from '../../zuora/probes/probe';
import type { JobScope } from '../../zuora/scope';
import type { Transport } from '../../zuora/transport';
import { networkLines, proxyFor, type NetworkSettings, type ProxyChoice } from './proxy';

/** What was found, as plain data; `reportOf` makes the words. */
export interface Diagnosis {
  readonly tenant: string;
  readonly origin: string;
  /** What stands there, e.g. "US Production Cloud 1". */
  readonly place: string;
  readonly at: Date;
  readonly proxy: ProxyChoice;
  /** Settings and variables with their values, free of secrets. */
  readonly network: readonly (readonly [name: string, value: string])[];
  readonly hostName: Probe<readonly string[]> | LeftOut;
  readonly certificate: Probe<CertificateFacts> | LeftOut;
  readonly answer: Probe<AnswerFacts>;
  readonly credentials: CredentialsSource;
  readonly token: Probe<void> | LeftOut;
  readonly permission: Probe<void> | LeftOut;
}

/** A step that was not taken, and why, as a whole sentence. */
export interface LeftOut {
  readonly leftOut: string;
}

/** Where the credentials are from: the environment, the secret storage, or this window's memory. */
export type CredentialsSource = 'environment' | 'stored' | 'session';

export interface DiagnoseOptions {
  readonly scope: Pick<JobScope, 'tenant' | 'origin' | 'entityIds'>;
  readonly place: string;
  readonly transport: Transport;
  readonly settings: NetworkSettings;
  /** process.env */
  readonly variables: Readonly<Partial<Record<string, string>>>;
  readonly credentials: Outcome<Credentials>;
  readonly source: CredentialsSource;
  readonly signal: AbortSignal;
  /** Told what is looked at next. */
  readonly report: (words: string) => void;
}

export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { scope, place, transport, settings, variables, credentials, source, signal, report } = options;
  const { tenant, origin } = scope;
  const { clock } = transport;
  const taking = { clock, signal };
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const proxy = proxyFor(origin, settings, variables);

  report('host name');
  const hostName = await probe(taking, () => lookUp(host));

  report('certificate');
  const certificate = await certificateOf();

  report('answer without a sign-in');
  const answer = await probe(taking, ended => askWithoutCredentials(transport, origin, ended));

  report('token');
  const given = credentials.ok ? credentials.value : undefined;
  const isKey = given !== undefined && isApiAccessKey(given);
  const asked =
    given === undefined || isKey
      ? undefined
      : await probe(taking, ended => requestToken(transport, scope, given, ended));
  const ofClient = asked?.outcome.ok ? asked.outcome.value.token : undefined;
  const token = isKey ? Token.ofApiAccessKey(given) : ofClient;

  report('permission');
  const permission = token && (await probe(taking, ended => askForNoJob(transport, scope, token, ended)));

  return {
    tenant,
    origin,
    place,
    at: new Date(clock.now()),
    proxy,
    network: networkLines(settings, variables),
    hostName,
    certificate,
    answer,
    credentials: source,
    token: asked
      ? withoutToken(asked)
      : { leftOut: isKey ? 'An API access key needs none.' : whyNoCredentials(credentials, tenant) },
    permission: permission ?? { leftOut: 'It takes a token.' },
  };

  async function certificateOf(): Promise<Diagnosis['certificate']> {
    if (protocol === 'http:') return { leftOut: 'The address is not https.' };
    if (proxy.kind === 'proxy' && proxy.scheme !== 'http') {
      return { leftOut: `It is not looked at through a proxy of the kind ${proxy.scheme}.` };
    }
    const through = proxy.kind === 'proxy' ? { host: proxy.host, port: proxy.port } : undefined;
    return probe(taking, ended => lookAtCertificate({ host, port: Number(port) || 443 }, through, ended));
  }
}

/** What a report is made of holds no token. */
function withoutToken({ outcome, durationMs }: Probe<unknown>): Probe<void> {
  return { durationMs, outcome: outcome.ok ? success(undefined) : outcome };
}

function whyNoCredentials(credentials: Outcome<Credentials>, tenant: string): string {
  const isLocked = !credentials.ok && credentials.failure.kind === 'storage';
  return isLocked ? "The editor's secret storage could not be read." : `You are not signed in to ${tenant}.`;
}
