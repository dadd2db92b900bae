// How a submit that was split has ended, in one message. Plain data in, plain data out.
import { problemOf } from './describe';
import type { DiskFault, Job } from './model';

export interface PartsInWords {
  readonly message: string;
  /** Whether each part has made a job, or is going to without a person. */
  readonly complete: boolean;
}

/** `parts` in their order: the job, or why it could not even be written down. */
export function partsInWords(parts: readonly (Job | DiskFault)[], tenant: string): PartsInWords {
  const count = parts.length;
  const lines = parts.map((part, place) => ({ part, name: `${place + 1}/${count}`, state: stateOf(part) }));
  const named = (state: State) => lines.filter(line => line.state === state).map(({ name }) => name);
  const made = named('made');
  const queued = named('queued');
  const rest = lines.filter(({ state }) => state !== 'made' && state !== 'queued');
  const happened = [
    made.length === count
      ? `All ${count} jobs were submitted to ${tenant}.`
      : `${made.length} of ${count} jobs were submitted to ${tenant}${made.length === 0 ? '' : `: ${made.join(', ')}`}.`,
    ...(queued.length === 0 ? [] : [`${listed(queued)} will be sent when the tenant has room.`]),
  ];
  const whys = rest.map(({ part, name, state }) => `${name}: ${whyOf(part, state)}`);
  const advice =
    rest.length === 0 ? [] : ['Send Again in the list sends a part without making a second job of the others.'];
  return { message: [...happened, ...whys, ...advice].join(' '), complete: rest.length === 0 };
}

type State = 'made' | 'queued' | 'failed' | 'not-written';

function stateOf(part: Job | DiskFault): State {
  if (!('key' in part)) return 'not-written';
  if (part.id !== undefined) return 'made';
  return part.phase === 'queued' ? 'queued' : 'failed';
}

function whyOf(part: Job | DiskFault, state: State): string {
  if (!('key' in part)) return `not sent and not in the list, because it could not be written down: ${part.message}.`;
  return problemOf(part) ?? (state === 'failed' ? 'another window goes on with it.' : '');
}

function listed(names: readonly string[]): string {
  return names.join(', ');
}
