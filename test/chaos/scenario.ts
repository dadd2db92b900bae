// What happens in one run, drawn from its seed.
import type { Fault } from '../zuora/faults';
import { pick, seeded } from '../seeded';

export interface Scenario {
  readonly seed: number;
  /** How much faster than real time the windows' time passes. */
  readonly factor: number;
  /** How long the windows wait for a byte, in real ms. */
  readonly stallMs: number;
  /** `one`: the tenant runs one job at a time, so that the others are queued. */
  readonly places: 'many' | 'one';
  /** They meet the first submits that the stand-in gets, in this order. */
  readonly faults: readonly Fault[];
  /** Windows of one round are open together. The last round's are never killed, and stay until nothing is left to do. */
  readonly rounds: readonly (readonly WindowPlan[])[];
  /** Nothing happens that is not cured by itself: every submit has to succeed. */
  readonly cured: boolean;
}

export interface WindowPlan {
  readonly submits: number;
  /** When the window is killed: at a call of the file system by number, or after so many real milliseconds. */
  readonly kill: { readonly atCall: number } | { readonly afterMs: number } | undefined;
  /** A person sends unknown jobs again, under their keys. */
  readonly sendsAgain: boolean;
  /** A person takes a job out of the queue. */
  readonly withdraws: boolean;
}

const submit = { method: 'POST', path: '/v1/batch-query/' } as const;

/** Answers that are lost, so that the same key has to bring the job. */
const lost: readonly Fault[] = [
  { do: 'drop', at: 'before' },
  { do: 'drop', at: 'after' },
  { do: 'drop', at: 'headers' },
  { do: 'drop', at: 'body' },
  { do: 'drop', at: 'body', how: 'end' },
  { do: 'cut' },
  { do: 'cut', framing: 'none' },
  { do: 'malformed-json' },
  { do: 'html', when: 'after' },
  { do: 'truncated-gzip' },
];

/** "Too many concurrent jobs", as Zuora says it. */
const tooMany = { do: 'status', body: { status: 'error', errorCode: '90028', message: 'too many jobs' } } as const;

/** Refusals that were received: there is no job, and another key makes one. */
const refusals: readonly Fault[] = [
  { do: 'too-many-requests', retryAfter: '1' },
  { do: 'too-many-requests', reset: '3' },
  { ...tooMany, status: 200 },
  { ...tooMany, status: 400 },
];

/** The rest of the matrix: what may leave a job unknown, refused or not sent. */
const others: readonly Fault[] = [
  { do: 'status', status: 500 },
  { do: 'status', status: 503, stored: false },
  { do: 'status', status: 504, when: 'after' },
  { do: 'expired-token' },
  { do: 'expired-token', stored: false },
  { do: 'too-many-requests', stored: false },
  { do: 'html' },
  { do: 'job-id', id: '../../etc/passwd' },
  { do: 'redirect', to: 'https://login.example.com/' },
  { do: 'status', status: 403, stored: false },
  { do: 'status', status: 400, body: '<html>a proxy</html>', stored: false },
  { do: 'delay', ms: 8 },
  { do: 'delay', ms: 25 },
  { do: 'delay', ms: 25, when: 'after' },
];

export function scenarioOf(seed: number): Scenario {
  const random = seeded(seed);
  // The first numbers of near seeds are near each other.
  for (let count = 0; count < 8; count++) random();
  const chance = (of: number): boolean => random() < of;
  const upTo = (most: number): number => Math.floor(random() * (most + 1));

  const kind = random();
  if (kind < 0.15) return curedScenario(seed, random);

  const kill = (likely: number): WindowPlan['kill'] => {
    if (!chance(likely)) return undefined;
    return chance(0.6) ? { atCall: upTo(45) } : { afterMs: upTo(60) };
  };
  const opened = (submits: number, likely: number): WindowPlan => ({
    submits,
    kill: kill(likely),
    sendsAgain: chance(0.3),
    withdraws: chance(0.15),
  });
  const rounds: WindowPlan[][] = [];
  if (kind < 0.6) rounds.push([opened(1 + upTo(2), 0.8)]);
  else rounds.push([opened(1 + upTo(1), 0.5), opened(upTo(2), 0.5)]);
  while (chance(0.45) && rounds.length < 4) {
    rounds.push(chance(0.5) ? [opened(0, 0.8)] : [opened(0, 0.5), opened(upTo(1), 0.5)]);
  }
  const last = () => ({ ...opened(0, 0), kill: undefined });
  rounds.push(chance(0.5) ? [last()] : [last(), last()]);

  const slow = chance(0.2);
  // A service that keeps no refusal would make a job of a late second request, which two windows must not send.
  const unkept: readonly Fault[] = slow ? [{ ...tooMany, status: 200, stored: false }] : [];
  const silences: readonly Fault[] = slow ? [] : [{ do: 'silence' }];
  const faults = Array.from({ length: upTo(6) }, () => {
    const group = pick([lost, lost, refusals, others, [...unkept, ...silences]], random);
    return pick(group, random);
  });
  return {
    seed,
    factor: slow ? 60 : 300,
    stallMs: slow ? 10_000 : 500,
    places: chance(0.3) ? 'one' : 'many',
    faults: faults.map(matched),
    rounds,
    cured: false,
  };
}

/** One window that nobody kills, and faults that the rules of a submit cure. */
function curedScenario(seed: number, random: () => number): Scenario {
  const count = 1 + Math.floor(random() * 2);
  const cures: readonly (() => readonly Fault[])[] = [
    () => Array.from({ length: count }, () => pick(lost, random)),
    () => [{ do: 'expired-token' }, ...Array.from({ length: count }, () => pick(refusals, random))],
    () => [{ do: 'status', status: 503, stored: false }],
  ];
  const window = { submits: 1 + Math.floor(random() * 3), kill: undefined, sendsAgain: false, withdraws: false };
  const faults = pick(cures, random)().map(matched);
  return {
    seed,
    factor: 60,
    stallMs: 20_000,
    places: random() < 0.3 ? 'one' : 'many',
    faults,
    rounds: [[window]],
    cured: true,
  };
}

function matched(fault: Fault): Fault {
  return { ...fault, match: submit };
}
