import type { ProblemCode } from '../../../../server/src/zoql/index';
import type { Finding, FindingFix } from '../findings';
import type { PlanEntry, PlannedProblem } from '../plan';
import { openSource, untick, type PreflightInput } from './rule';

/** Documented limits, and directives of which no request can be made: no grammar is guessed here. */
const certain: ReadonlySet<ProblemCode> = new Set([
  'malformed-directive',
  'no-deleted-rows',
  'object-not-in-aqua',
  'too-many-conditions',
  'version-too-old',
]);

/** Fixes are tried before they are offered, which takes a moment: as many queries get theirs as one job takes. */
const mostMended = 50;

/** What the language finds in each query, under its own codes. How long a query may be is `queryLength`'s. */
export function queryProblems({ queries }: PreflightInput): readonly Finding[] {
  const faulty = queries.filter(({ problems, warnings }) => 0 < problems.length + warnings.length);
  return faulty.flatMap((entry, index) => findingsIn(entry, index < mostMended));
}

function findingsIn(entry: PlanEntry, isMended: boolean): readonly Finding[] {
  let found = known.get(entry);
  if (!found) {
    found = [...entry.problems, ...entry.warnings]
      .filter(({ code }) => code !== 'query-too-long')
      .map(problem => findingOf(problem, entry, isMended));
    known.set(entry, found);
  }
  return found;
}

/** Kept, since the list asks at each tick. */
const known = new WeakMap<PlanEntry, readonly Finding[]>();

function findingOf(problem: PlannedProblem, { name, source }: PlanEntry, isMended: boolean): Finding {
  const { code, severity, message, start, fixes } = problem;
  const weight = severity !== 'error' ? 'warns' : certain.has(code) ? 'blocks' : 'unticks';
  const edits = (isMended ? fixes() : []).map(({ title, edits: changes }): FindingFix => {
    return { kind: 'edit', title, uri: source.uri, edits: changes };
  });
  const open: FindingFix = { ...openSource(source), kind: 'open', uri: source.uri, offset: start };
  return {
    code,
    weight,
    message: `${message}.`,
    query: name,
    fixes: [...edits, open, ...(weight === 'blocks' ? [untick([name])] : [])],
  };
}
