/** Names that a misspelled one most likely means. */
import { distance } from 'fastest-levenshtein';

export interface Candidate {
  /** What is written in the place of the misspelled name. */
  readonly text: string;
  /** The names that lead to it: its own, its label, what another dialect calls it. */
  readonly keys: readonly string[];
}

export interface Suggestion {
  readonly text: string;
  /** No other candidate is nearly as near. */
  readonly isClear: boolean;
}

/** The candidate that a misspelled word most likely means; undefined where none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  return suggestions(word, [...candidates].map(plain))[0]?.text;
}

/**
 * The candidates that a misspelled name can mean, the nearest first, three at most. Upper and lower case, `_` and spaces
 * do not count; a letter too many, too few, another, or two that changed places is one step. A name of which words are
 * missing (`BillTo` for BillToContact) is further away than one with a wrong letter.
 */
export function suggestions(word: string, candidates: readonly Candidate[]): Suggestion[] {
  const wanted = spellingOf(word);
  const found = new Map<string, number>();
  for (const { text, keys } of candidates) {
    const steps = Math.min(...keys.map(key => stepsBetween(wanted, spellingOf(key))), found.get(text) ?? Infinity);
    if (steps < Infinity) found.set(text, steps);
  }
  const near = [...found].sort(([, one], [, other]) => one - other).map(([text, steps]) => ({ text, steps }));
  const [first, second] = near;
  if (!first) return [];
  const limit = first.steps === 0 ? 0 : first.steps + 2;
  const lead = first.steps < aWordLess ? 1 : 2;
  // Two words that are missing may as well be another name: CustomerName is not CustomerServiceRepName.
  const isClear = first.steps < aWordLess + mostMissing && first.steps + lead <= (second?.steps ?? Infinity);
  return near
    .filter(({ steps }) => steps <= limit)
    .slice(0, 3)
    .map(({ text }) => ({ text, isClear: isClear && text === first.text }));
}

/** A candidate that only its own name leads to. */
export function plain(text: string): Candidate {
  return { text, keys: [text] };
}

interface Spelling {
  /** In lower case, without what stands between words. */
  readonly letters: string;
  /** `[bill, to, contact]` for BillToContact. */
  readonly words: readonly string[];
}

function spellingOf(name: string): Spelling {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[^A-Z\W_]+/g) ?? [];
  return { letters: words.join('').toLowerCase(), words: words.map(word => word.toLowerCase()) };
}

function stepsBetween(wanted: Spelling, other: Spelling): number {
  const one = wanted.letters;
  const two = other.letters;
  if (one === two) return 0;
  // A quarter of the letters may be wrong; of two letters none.
  const limit = Math.min(3, Math.floor((one.length + 1) / 4));
  if (Math.abs(one.length - two.length) <= limit) {
    const steps = distance(one, two);
    const isSwap = steps === 2 && [...one].sort().join() === [...two].sort().join();
    if (isSwap || steps <= limit) return isSwap ? 1 : steps;
  }
  const missing = other.words.length - wanted.words.length;
  const isCutOff = two.startsWith(one);
  const isPart = isCutOff || (0 <= missing && holdsWords(other, wanted));
  if (one.length <= 2 || mostMissing < missing || !isPart) return Infinity;
  return aWordLess + Math.min(isCutOff ? 1 : mostMissing, Math.max(0, missing));
}

/** Steps of a name that is cut off; each word that it lacks is one more. */
const aWordLess = 2;
const mostMissing = 2;

/** Whether the words of the shorter name stand in the longer one in their order; a word can be cut off (`InvoiceNum`). */
function holdsWords(longer: Spelling, shorter: Spelling): boolean {
  let at = 0;
  return shorter.words.every(word => {
    at = longer.words.findIndex((other, index) => at <= index && startsAlike(other, word)) + 1;
    return 0 < at;
  });
}

function startsAlike(word: string, start: string): boolean {
  return word === start || (2 < start.length && word.startsWith(start));
}
