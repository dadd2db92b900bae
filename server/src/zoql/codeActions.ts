/** What an editor offers at a place: ways to mend the problems there, and rewrites of the statement. */
import type { ActionScope, RewriteKind } from './actions/action';
import { directiveEdit } from './actions/directiveEdit';
import { actions } from './actions/index';
import { analyse, findingsOf, type Analysis, type Context } from './analysis';
import type { Finding } from './checks/check';
import { dialects } from './dialect';
import { openDocument, statementAt, type Statement, type ZoqlDocument } from './document';
import { applyEdits, type TextEdit } from './edits';
import { isGrave, type ProblemCode } from './problemCodes';
import type { Problem, Span } from './syntax/tree';
import { usesOf } from './uses';

export interface CodeAction {
  readonly title: string;
  /** LSP's words for what an action is for. */
  readonly kind: 'quickfix' | 'source.fixAll.zoql' | RewriteKind;
  /** In offsets of the file. */
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
  /** The problem that it mends, in offsets of the file. */
  readonly problem?: Problem;
}

/** Editors ask at every move of the cursor: a selection of more statements gets only what it is asked for by name. */
const mostStatements = 50;

/** On save, when it takes a moment. */
const mostOrganized = 1_000;

/** Each fix is tried before it is taken, which can take a millisecond: nobody waits longer than moments for all. */
const mostFixesAtOnce = 1_000;

/** No dialect takes a longer query, and editors ask too often to try rewrites of one. In UTF-16 code units. */
const longestRewritten = dialects.zoqlexport.maxLength;

/**
 * The actions for a selection of the file; an empty selection is a cursor. `only` holds LSP's kinds that the editor
 * wants, `refactor` standing for `refactor.rewrite` as well; without it all come but those of kind `source`.
 */
export function codeActions(
  document: ZoqlDocument,
  selection: Span,
  context: Context,
  only?: readonly string[],
): readonly CodeAction[] {
  const places = placesIn(document, selection);
  const isFew = places.length <= mostStatements;
  const wants = (kind: CodeAction['kind']): boolean =>
    only ? only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`)) : !kind.startsWith('source');

  const found: CodeAction[] = [];
  if (wants('quickfix') && isFew) {
    const fixes = places.flatMap(place => fixesAt(place, selection, context));
    found.push(...fixes, ...(document.statements.length <= mostStatements ? fixesAlike(document, fixes, context) : []));
  }
  if (wants('source.fixAll.zoql')) found.push(...fixAll(document, context));
  for (const kind of Object.keys(actions) as RewriteKind[]) {
    const most = kind === 'refactor.rewrite' ? mostStatements : mostOrganized;
    if (wants(kind) && places.length <= most) found.push(...rewritesAt(document, { kind, places, selection, context }));
  }
  return withoutRepeats(found).map(action => withLineBreaksOf(document.text, action));
}

interface Place {
  readonly statement: Statement;
  readonly start: number;
}

/** The statements that a selection touches; a cursor between two is in the second. */
function placesIn(document: ZoqlDocument, { start, end }: Span): Place[] {
  if (start === end) {
    const place = statementAt(document, start);
    return place ? [place] : [];
  }
  return document.statements.flatMap((statement, index) => {
    const from = document.starts[index] as number;
    return from < end && start < from + statement.text.length ? [{ statement, start: from }] : [];
  });
}

function fixesAt(place: Place, selection: Span, context: Context): CodeAction[] {
  return findingsOf(place.statement, context)
    .filter(({ start, end }) => place.start + start <= selection.end && selection.start <= place.start + end)
    .flatMap(finding => fixesOf(finding, place));
}

function fixesOf({ fixes, code, message, severity, ...span }: Finding, { start }: Place): CodeAction[] {
  const problem: Problem = { start: span.start + start, end: span.end + start, code, message, severity };
  return (fixes?.() ?? []).map(({ title, edits, preferred = false }) => ({
    title,
    kind: 'quickfix',
    edits: edits.map(edit => moved(edit, start)),
    preferred,
    problem,
  }));
}

/** For each problem here that a preferred fix mends: the same for all problems of its code in the file. */
function fixesAlike(document: ZoqlDocument, fixes: readonly CodeAction[], context: Context): CodeAction[] {
  const codes = new Set(fixes.flatMap(({ preferred, problem }) => (preferred && problem ? [problem.code] : [])));
  return [...codes].flatMap((code): CodeAction[] => {
    const edits = preferredEdits(document, context, problem => problem.code === code);
    return edits.count < 2
      ? []
      : [
          {
            title: `Fix all ${edits.count} of ${code} in the file`,
            kind: 'quickfix',
            edits: edits.edits,
            preferred: false,
          },
        ];
  });
}

/** Mends whatever in the file has a preferred fix. */
function fixAll(document: ZoqlDocument, context: Context): CodeAction[] {
  const { edits } = preferredEdits(document, context, () => true);
  return edits.length === 0
    ? []
    : [{ title: 'Fix all that can be fixed surely', kind: 'source.fixAll.zoql', edits, preferred: false }];
}

/**
 * The preferred fixes of the file's problems; of two that touch the same place, the first. In a file of very many they are
 * the first ones: who asks again gets the next.
 */
function preferredEdits(
  { statements, starts }: ZoqlDocument,
  context: Context,
  isWanted: (problem: Problem) => boolean,
): { readonly edits: readonly TextEdit[]; readonly count: number } {
  const edits: TextEdit[] = [];
  let count = 0;
  for (const [index, statement] of statements.entries()) {
    if (mostFixesAtOnce <= count) break;
    const place = { statement, start: starts[index] as number };
    // The problems are kept and cheap to ask for; findings with fixes are made anew.
    if (!analyse(statement, context).problems.some(isWanted)) continue;
    const taken: TextEdit[] = [];
    for (const finding of findingsOf(statement, context)) {
      const fix = isWanted(finding) ? fixesOf(finding, place).find(({ preferred }) => preferred) : undefined;
      if (!fix || !fix.edits.every(edit => taken.every(other => isApart(edit, other)))) continue;
      taken.push(...fix.edits);
      count++;
    }
    edits.push(...taken);
  }
  return { edits, count };
}

interface Request {
  readonly kind: RewriteKind;
  readonly places: readonly Place[];
  readonly selection: Span;
  readonly context: Context;
}

/** The rewrites of every statement that is touched; those of the same title become one. */
function rewritesAt(document: ZoqlDocument, { kind, places, selection, context }: Request): CodeAction[] {
  const merged = new Map<string, CodeAction>();
  let names: ReadonlySet<string> | undefined;
  for (const place of places) {
    if (longestRewritten < place.statement.text.length) continue;
    const scope = scopeOf(place, selection, context, () => (names ??= namesIn(document.text)));
    for (const { title, edits } of actions[kind].flatMap(action => action(scope))) {
      const before = merged.get(title)?.edits ?? [];
      const here = inSameDialect(scope.analysis, edits, context).map(edit => moved(edit, place.start));
      merged.set(title, { title, kind, edits: [...before, ...here], preferred: false });
    }
  }
  return [...merged.values()];
}

/** A query that would be taken for the other dialect once it is rewritten says which one it is in. */
function inSameDialect(
  { statement, choice }: Analysis,
  edits: readonly TextEdit[],
  context: Context,
): readonly TextEdit[] {
  if (choice.source !== 'inferred') return edits;
  const [after] = openDocument(applyEdits(statement.text, edits)).statements;
  const now = after && analyse(after, context).choice;
  const isOther = now?.source === 'inferred' && now.dialect !== choice.dialect;
  return isOther ? [directiveEdit(statement.parsed, 'type', choice.dialect), ...edits] : edits;
}

function scopeOf(
  { statement, start }: Place,
  selection: Span,
  context: Context,
  names: ActionScope['names'],
): ActionScope {
  const { catalogue, queryType } = context;
  const analysis = analyse(statement, context);
  const { parsed } = statement;
  const plain: Context = { catalogue, queryType };
  let graveBefore: readonly string[] | undefined;
  return {
    analysis,
    parsed,
    catalogue,
    uses: usesOf(parsed.query, analysis.object, catalogue),
    selection: {
      start: Math.max(0, selection.start - start),
      end: Math.min(statement.text.length, selection.end - start),
    },
    names,
    isSound: edits => {
      const [after, ...others] = openDocument(
        applyEdits(statement.text, inSameDialect(analysis, edits, plain)),
      ).statements;
      if (!after || others.length > 0) return false;
      const left = [...(graveBefore ??= graveCodes(statement, plain))];
      return graveCodes(after, plain).every(code => {
        const index = left.indexOf(code);
        if (index !== -1) left.splice(index, 1);
        return index !== -1;
      });
    },
  };
}

/** The codes of a statement's errors and warnings. */
function graveCodes(statement: Statement, context: Context): ProblemCode[] {
  return analyse(statement, context)
    .problems.filter(isGrave)
    .map(({ code }) => code);
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(/--[ \t]*@name[ \t]+(.*)/gi), ([, name = '']) => name.trim().toLowerCase()));
}

/** Two findings can propose the same change, and so can a finding and a rewrite. */
function withoutRepeats(found: readonly CodeAction[]): CodeAction[] {
  const byEdits = new Map<string, CodeAction>();
  for (const action of found) {
    const key = JSON.stringify(action.edits);
    if (!byEdits.has(key)) byEdits.set(key, action);
  }
  return [...byEdits.values()];
}

/** Fixes and rewrites write `\n`; the file's own first line break says what is meant. */
function withLineBreaksOf(text: string, action: CodeAction): CodeAction {
  const lineFeed = text.indexOf('\n');
  const lineBreak = lineFeed === -1 ? (text.includes('\r') ? '\r' : '\n') : text[lineFeed - 1] === '\r' ? '\r\n' : '\n';
  if (lineBreak === '\n') return action;
  const edits = action.edits.map(edit => ({ ...edit, newText: edit.newText.replace(/\r?\n/g, lineBreak) }));
  return { ...action, edits };
}

function isApart(one: Span, other: Span): boolean {
  return one.end < other.start || other.end < one.start;
}

function moved<T extends Span>(span: T, by: number): T {
  return { ...span, start: by + span.start, end: by + span.end };
}
