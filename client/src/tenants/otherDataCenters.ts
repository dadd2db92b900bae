// Whether credentials that one data center refuses are right at another. Asked for by a person, never by itself: each
// data center that is asked gets what a person signs in with.
import { credentialsInWords } from '../words';
import { checkCredentials, type Credentials } from '../zuora/auth';
import type { DataCenter } from '../zuora/environments';
import type { Transport } from '../zuora/transport';
import type { TenantProfile } from './profiles';

export interface TryOptions {
  readonly transport: Transport;
  /** Those that are asked, in this order. */
  readonly dataCenters: readonly DataCenter[];
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  /** Told whom is asked next, and how many there are. */
  readonly report: (words: string) => void;
}

export interface Tried {
  /** The first that takes them; no other is asked after that. */
  readonly accepts?: DataCenter;
  /** Those that refuse them. */
  readonly refuse: readonly DataCenter[];
  /** Those that could not be asked, so that nothing is known. */
  readonly silent: readonly DataCenter[];
  readonly canceled: boolean;
}

/** Asks one data center after another whether it takes them. */
export async function tryDataCenters({
  transport,
  dataCenters,
  credentials,
  signal,
  report,
}: TryOptions): Promise<Tried> {
  const refuse: DataCenter[] = [];
  const silent: DataCenter[] = [];
  for (const [index, center] of dataCenters.entries()) {
    report(`${center.name} (${index + 1} of ${dataCenters.length})`);
    const outcome = await checkCredentials(transport, { origin: center.origin }, credentials, signal);
    if (signal.aborted) return { refuse, silent, canceled: true };
    if (outcome.ok) return { accepts: center, refuse, silent, canceled: false };
    const { kind } = outcome.failure;
    (kind === 'unauthorized' || kind === 'rejected' ? refuse : silent).push(center);
  }
  return { refuse, silent, canceled: false };
}

/** What came of it, in sentences: which one it is and what to do. */
export function triedInWords(
  { accepts, refuse, silent, canceled }: Tried,
  { name, signIn }: Pick<TenantProfile, 'name' | 'signIn'>,
): string {
  const credentials = credentialsInWords(signIn);
  if (accepts) {
    return `${accepts.name} accepts this ${credentials}. Nothing was stored. The dataCenter of "${name}" has to be changed to it.`;
  }
  const names = (centers: readonly DataCenter[]) => centers.map(({ name }) => name).join(', ');
  const asked = refuse.length === 0 ? 'None has refused them' : `Refused by ${names(refuse)}`;
  const unknown = silent.length === 0 ? '' : ` Not reached: ${names(silent)}.`;
  if (canceled) return `Canceled. ${asked} so far.${unknown} Nothing was stored.`;
  if (silent.length === 0) {
    return `No other data center accepts this ${credentials}. Nothing was stored. ${
      signIn === 'apiAccessKey'
        ? 'Check it in Zuora.'
        : 'Check them in Zuora: a secret is shown once, when its client is made.'
    }`;
  }
  return `${asked}.${unknown} Nothing was stored. Check the network, then try again.`;
}
