import { analyse, isGrave, repeatedName, type Context, type Problem, type ZoqlDocument } from './zoql/index';

/** What a file is told of, in the order of its text. Spans count in the file. */
export interface ProblemsOfFile {
  readonly problems: readonly Problem[];
  /** False where statements are left that nobody has checked yet. */
  readonly isWhole: boolean;
}

/**
 * More than a person reads. A file that is no ZOQL at all has a problem in every line, and sending them all anew after
 * each keystroke would be all that the server does. Advice counts by itself, so that much of it hides no error.
 */
const most = { grave: 1_000, mild: 200 };

/**
 * The problems of a file from its start on. `mostText` is how much text may be checked for it, in UTF-16 code units;
 * what has been checked before costs nothing, so that with each call more of the file is known.
 */
export function problemsOfFile(
  { statements, starts }: ZoqlDocument,
  context: Context,
  mostText: number,
): ProblemsOfFile {
  const problems: Problem[] = [];
  const count = { grave: 0, mild: 0 };
  const names = new Set<string>();
  let left = mostText;
  for (const [index, statement] of statements.entries()) {
    const analysis = analyse(statement, context);
    if (!analysis.isChecked) {
      if (left <= 0) return { problems, isWhole: false };
      left -= statement.text.length;
    }
    const start = starts[index] ?? 0;
    for (const problem of [...repeatedName(statement, names, context), ...analysis.problems]) {
      const weight = isGrave(problem) ? 'grave' : 'mild';
      if (count[weight] === most[weight]) continue;
      count[weight]++;
      problems.push({ ...problem, start: start + problem.start, end: start + problem.end });
    }
    if (count.grave === most.grave) break;
  }
  return { problems, isWhole: true };
}
