/** Draws what is wrong with a text: each problem under its line, marked with carets, code and words behind them. */
import assert from 'node:assert/strict';
import {
  analyse,
  openDocument,
  repeatedName,
  type Catalogue,
  type DialectSetting,
  type Problem,
} from '../../server/src/zoql/index';
import { fixture } from './catalogues';

/** Asserts the problems of a text, drawn. Without problems, `expected` is empty. */
export function check(
  text: string,
  expected: string,
  queryType: DialectSetting = 'auto',
  catalogue: Catalogue = fixture,
): void {
  assert.equal(draw(text, problemsOf(text, queryType, catalogue)), trimmed(expected));
}

/** Every problem of a file, with offsets in the file. */
export function problemsOf(text: string, queryType: DialectSetting, catalogue: Catalogue = fixture): Problem[] {
  const context = { catalogue, queryType };
  const { starts, statements } = openDocument(text);
  const names = new Set<string>();
  return statements.flatMap((statement, index) => {
    const start = starts[index] ?? 0;
    return [...repeatedName(statement, names, context), ...analyse(statement, context).problems].map(problem => ({
      ...problem,
      start: problem.start + start,
      end: problem.end + start,
    }));
  });
}

function draw(text: string, problems: readonly Problem[]): string {
  let lineStart = 0;
  const drawn: string[] = [];
  for (const line of text.split('\n')) {
    const lineEnd = lineStart + line.length;
    const here = problems.filter(problem => lineStart <= problem.start && problem.start <= lineEnd);
    if (here.length > 0) drawn.push(line);
    for (const { start, end, code, message, severity } of here) {
      const carets = '^'.repeat(Math.max(1, Math.min(end, lineEnd) - start));
      const mark = severity === 'error' ? code : `${severity} ${code}`;
      drawn.push(`${' '.repeat(start - lineStart)}${carets} ${mark}: ${message}`);
    }
    lineStart = lineEnd + 1;
  }
  return drawn.join('\n');
}

/** Takes the indentation away that a template literal has in a test file. */
function trimmed(expected: string): string {
  const lines = expected
    .split('\n')
    .filter((line, index, all) => line.trim() !== '' || (index > 0 && index < all.length - 1));
  const indent = Math.min(...lines.map(line => line.length - line.trimStart().length));
  return lines.map(line => line.slice(indent)).join('\n');
}
