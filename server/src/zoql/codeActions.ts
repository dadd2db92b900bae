/** What an editor offers at a place: ways to mend the problems there, and rewrites of the statement. */
import { actions } from './actions/index';
import { analyse, findingsOf, type Context } from './analysis';
import { statementAt, type ZoqlDocument } from './document';
import type { TextEdit } from './edits';
import type { Problem, Span } from './syntax/tree';

export interface CodeAction {
  readonly title: string;
  /** LSP's words for what an action is for. */
  readonly kind: 'quickfix' | 'refactor.rewrite' | 'source.organizeFields';
  /** In offsets of the file. */
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
  /** The problem that it mends, in offsets of the file. */
  readonly problem?: Problem;
}

/** The actions for a selection of the file; an empty selection is a cursor. */
export function codeActions(document: ZoqlDocument, selection: Span, context: Context): readonly CodeAction[] {
  const found = statementAt(document, selection.start);
  if (!found) return [];
  const { statement, start } = found;
  const inFile = <T extends Span>(span: T): T => ({ ...span, start: start + span.start, end: start + span.end });

  const fixes = findingsOf(statement, context)
    .filter(finding => start + finding.start <= selection.end && selection.start <= start + finding.end)
    .flatMap(({ fixes: mend, ...problem }) =>
      (mend?.() ?? []).map(({ title, edits, preferred = false }): CodeAction => ({
        title,
        kind: 'quickfix',
        edits: edits.map(inFile),
        preferred,
        problem: inFile(problem),
      })),
    );
  const local = { start: selection.start - start, end: selection.end - start };
  const scope = { analysis: analyse(statement, context), catalogue: context.catalogue, selection: local };
  const rewrites = actions.flatMap(action =>
    action(scope).map(({ title, kind, edits }): CodeAction => ({
      title,
      kind,
      edits: edits.map(inFile),
      preferred: false,
    })),
  );
  return [...fixes, ...rewrites];
}
