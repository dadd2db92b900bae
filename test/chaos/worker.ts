// Runs one scenario after another against a stand-in of its own, and says what came of each. Started by run.mjs.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openJournal } from '../../client/src/jobs/journal';
import type { Job } from '../../client/src/jobs/model';
import { openStore } from '../../client/src/jobs/store';
import { systemClock } from '../../client/src/zuora/clock';
import { startZuora, type Zuora } from '../zuora/server';
import { judge } from './judge';
import type { FromWindow, Opening, ToWindow } from './messages';
import { scenarioOf, type Scenario, type WindowPlan } from './scenario';

/** What run.mjs hears of each run. */
export interface Verdict {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const windowProgram = process.argv[2] ?? '';

/** No run takes so long; what has not settled by then never does. */
const longestRunMs = 30_000;

/** A process that can be a window. */
interface Pane {
  readonly process: ChildProcess;
  readonly loaded: Promise<void>;
  readonly ended: Promise<NodeJS.Signals | number | null>;
  /** Who listens to it now. */
  hear: (message: FromWindow) => void;
}

/** Those that are loaded and have nothing to do, so that a run need not wait for a process to start. */
const idle: Pane[] = [];
const idlePanes = 2;

const zuoras: Readonly<Record<Scenario['places'], Zuora>> = {
  many: await startZuora(),
  one: await startZuora({ maxConcurrentJobs: 1 }),
};

process.on('message', (seed: number) => {
  void run(scenarioOf(seed)).then(verdict => process.send?.(verdict));
});
process.once('disconnect', () => process.exit());
keepIdle();
process.send?.('ready');

async function run(scenario: Scenario): Promise<Verdict> {
  const { seed, places, faults, cured } = scenario;
  const zuora = zuoras[places];
  zuora.reset();
  for (const fault of faults) zuora.fault(fault);
  const parent = mkdtempSync(path.join(tmpdir(), 'zoql-chaos-'));
  const folder = path.join(parent, 'jobs');
  const told = { submits: new Map<string, { phase: string; id: string | undefined }>(), withdrawn: new Set<string>() };
  const counts: Record<string, number> = {};
  const count = (what: string, by = 1) => (counts[what] = (counts[what] ?? 0) + by);
  const deadline = AbortSignal.timeout(longestRunMs);
  const began = Date.now();
  try {
    for (const [round, windows] of scenario.rounds.entries()) {
      const stays = round === scenario.rounds.length - 1;
      const opened = windows.map((plan, index) => {
        const name = `${seed}-${round}-${index}`;
        const { factor, stallMs } = scenario;
        const { url: origin, clientId, clientSecret } = zuora;
        const credentials = { origin, clientId, clientSecret };
        count('submits', plan.submits);
        return runWindow({
          ...plan,
          ...credentials,
          ...{ kind: 'open', folder, factor, stallMs, began, name, stays, seed: seed * 100 + round * 10 + index },
        });
      });
      for (const end of await Promise.all(opened)) count(end);
    }
    const jobs = await rememberedJobs(folder);
    for (const { phase } of jobs) count(phase);
    count(
      'requests',
      zuora.requests.filter(({ method, path: to }) => method === 'POST' && to !== '/oauth/token').length,
    );
    count('jobs at Zuora', zuora.jobs.length);
    const wrong = judge({ jobs, journal: journalText(folder), told, zuora, cured });
    if (0 < wrong.length) keepEvidence(scenario, folder, zuora);
    return { seed, counts, wrong };
  } catch (error) {
    keepEvidence(scenario, folder, zuora);
    return { seed, counts, wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  } finally {
    // The list that was read last may still mend its index.
    rmSync(parent, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  }

  /** Opens a window and waits until it has done its part or is killed. */
  async function runWindow(opening: Opening): Promise<'kills' | 'closes'> {
    const pane = nextPane();
    await pane.loaded;
    const timer = killTimer(pane, opening.kill);
    try {
      return await new Promise((resolve, reject) => {
        deadline.addEventListener('abort', () => reject(new Error(`has not settled after ${longestRunMs} ms`)));
        void pane.ended.then(how =>
          how === 'SIGKILL' ? resolve('kills') : reject(new Error(`a window ended with ${how}`)),
        );
        pane.hear = message => {
          if (message.kind === 'told') told.submits.set(message.name, message);
          if (message.kind === 'withdrawn') {
            told.withdrawn.add(message.name);
            count('withdrawn');
          }
          if (message.kind === 'done') resolve('closes');
        };
        post(pane, opening);
      });
    } finally {
      clearTimeout(timer);
      await putAway(pane, opening.stays);
    }
  }
}

function killTimer(pane: Pane, kill: WindowPlan['kill']): ReturnType<typeof setTimeout> | undefined {
  if (!kill || !('afterMs' in kill)) return undefined;
  return setTimeout(() => pane.process.kill('SIGKILL'), kill.afterMs);
}

/** A window that has left nothing to do can be another run's; any other ends with its round, as if it were killed. */
async function putAway(pane: Pane, isSettled: boolean): Promise<void> {
  const closed = new Promise<void>(resolve => {
    pane.hear = message => {
      if (message.kind === 'closed') resolve();
    };
  });
  const isAlive = pane.process.exitCode === null && pane.process.signalCode === null;
  if (isAlive && isSettled) {
    post(pane, { kind: 'close' });
    await Promise.race([closed, pane.ended]);
    idle.push(pane);
    return;
  }
  pane.process.kill('SIGKILL');
  await pane.ended;
}

function nextPane(): Pane {
  const pane = idle.shift() ?? startPane();
  keepIdle();
  return pane;
}

function keepIdle(): void {
  while (idle.length < idlePanes) idle.push(startPane());
}

function startPane(): Pane {
  const child = fork(windowProgram, { stdio: 'inherit' });
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null);
  let finish = () => {};
  const loaded = new Promise<void>(resolve => (finish = resolve));
  const pane: Pane = { process: child, loaded, ended, hear: finish };
  child.on('message', (message: FromWindow) => pane.hear(message));
  return pane;
}

function post(pane: Pane, message: ToWindow): void {
  // One that has just been killed is told of by its end.
  pane.process.send(message, () => undefined);
}

/** What a window would know that starts now. */
async function rememberedJobs(folder: string): Promise<Job[]> {
  const store = openStore({ journal: openJournal(folder), clock: systemClock, randomBytes });
  const loadedAll = await store.load('all');
  if (!loadedAll.ok) throw new Error(loadedAll.fault.message);
  if (0 < store.unreadable().length) throw new Error(JSON.stringify(store.unreadable()));
  const jobs = await Promise.all(store.all().map(({ key }) => store.open(key)));
  store.dispose();
  return jobs.filter(job => job !== undefined);
}

/** For the person who looks for the reason. */
function keepEvidence(scenario: Scenario, folder: string, { requests, jobs }: Zuora): void {
  const kept = path.join(path.dirname(windowProgram), `failed-${scenario.seed}`);
  cpSync(folder, kept, { recursive: true });
  writeFileSync(path.join(kept, 'evidence.json'), JSON.stringify({ scenario, requests, jobs }, null, 2));
}

function journalText(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.jsonl'))
    .map(name => readFileSync(path.join(folder, name), 'utf8'))
    .join('');
}
