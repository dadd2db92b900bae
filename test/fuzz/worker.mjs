// The fuzzing itself, in a thread of its own so that a hang can be seen from outside.
import { Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { target, corpus: seeds, seed, milliseconds } = workerData;
const longest = 600;
const progressMs = 10_000;

const session = new Session();
session.connect();
post('Profiler.enable');
post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
const { invariants, pieces } = await import(pathToFileURL(target).href);
const names = Object.keys(invariants);

const random = randomFrom(seed);
const reached = new Set();
const kept = [];
const deadline = Date.now() + milliseconds;
let tried = 0;
let told = 0;

for (const text of ['', 'select Id from Account', ...seeds]) explore(text, text);
while (Date.now() < deadline) {
  explore(mutate(pick(kept).text));
  if (progressMs < Date.now() - told) {
    told = Date.now();
    parentPort.postMessage({ kind: 'progress', tried, blocks: reached.size, corpus: kept.length });
  }
}
parentPort.postMessage({ kind: 'done', corpus: smallestCover().sort((one, other) => (one < other ? -1 : 1)) });

/** Tries a text; keeps what is needed of it where it reaches something new. `small` is that, where it is known. */
function explore(text, small) {
  const fresh = newBlocks(run(text));
  if (fresh.length === 0) return;
  small ??= shrink(text, smaller => {
    const blocks = new Set(run(smaller));
    return fresh.every(block => blocks.has(block));
  });
  const blocks = run(small);
  for (const block of blocks) reached.add(block);
  kept.push({ text: small, blocks });
}

function newBlocks(blocks) {
  return blocks.filter(block => !reached.has(block));
}

/** Runs all invariants on a text and answers the blocks that it went through. The first failure ends everything. */
function run(text) {
  tried++;
  parentPort.postMessage({ kind: 'trying', text });
  takeBlocks();
  for (const name of names) {
    const reason = failureOf(name, text);
    if (reason !== undefined) fail(name, text);
  }
  return takeBlocks();
}

function failureOf(name, text) {
  try {
    invariants[name](text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function fail(name, text) {
  const small = shrink(text, smaller => failureOf(name, smaller) !== undefined);
  parentPort.postMessage({ kind: 'failure', name, text: small, reason: failureOf(name, small) });
  process.exit(); // Ends this thread only.
}

/** The blocks of the target that ran since the last call. */
function takeBlocks() {
  const { result } = post('Profiler.takePreciseCoverage');
  const script = result.find(({ url }) => url === pathToFileURL(target).href);
  return (script?.functions ?? []).flatMap(({ ranges }) =>
    ranges.filter(({ count }) => 0 < count).map(({ startOffset, endOffset }) => `${startOffset}-${endOffset}`),
  );
}

/** Takes away ever smaller parts for as long as `isSame` holds of the rest. */
function shrink(text, isSame) {
  for (let size = text.length >> 1; 0 < size; size >>= 1) {
    for (let at = 0; at + size <= text.length;) {
      const smaller = text.slice(0, at) + text.slice(at + size);
      if (isSame(smaller)) text = smaller;
      else at += size;
    }
  }
  return text;
}

/** Texts that reach together what all have reached, those that reach most first. */
function smallestCover() {
  const left = new Set(reached);
  const cover = [];
  while (0 < left.size) {
    const gain = ({ blocks }) => blocks.filter(block => left.has(block)).length;
    const best = kept.reduce((one, other) => (gain(one) < gain(other) ? other : one));
    if (gain(best) === 0) break;
    for (const block of best.blocks) left.delete(block);
    cover.push(best.text);
  }
  return cover;
}

function mutate(text) {
  let changed = text;
  for (let count = 1 + Math.floor(random() * 4); 0 < count; count--) {
    const at = Math.floor(random() * (changed.length + 1));
    const length = Math.floor(random() * 12);
    const other = pick(kept).text;
    const from = Math.floor(random() * (other.length + 1));
    const inserted = [
      () => pick(pieces),
      () => ` ${pick(pieces)} `,
      () => other.slice(from, from + 4 * length),
      () => changed.slice(at, at + length).repeat(2),
      () => String.fromCharCode(Math.floor(random() * (random() < 0.9 ? 128 : 65_536))),
      () => '',
    ];
    changed = changed.slice(0, at) + pick(inserted)() + changed.slice(at + (random() < 0.5 ? length : 0));
  }
  return changed.slice(0, longest);
}

function pick(list) {
  return list[Math.floor(random() * list.length)];
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function post(method, params) {
  let answer;
  session.post(method, params, (error, result) => {
    if (error) throw new Error(`${method}: ${error.message}`);
    answer = result;
  });
  return answer;
}
