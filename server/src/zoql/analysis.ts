/**
 * What features take: a statement with its dialect, its object and all that is wrong with it. Pure and immutable;
 * made on first need and kept for as long as the statement and the context live.
 */
import type { Catalogue, CatalogueObject } from './catalogue';
import type { CheckContext, Finding } from './checks/check';
import { withoutEchoes } from './checks/dataQuerySql';
import { checks } from './checks/index';
import { chooseDialect } from './chooseDialect';
import type { Dialect, DialectChoice, DialectSetting } from './dialect';
import { openDocument, type Ending, type Statement } from './document';
import { applyEdits, type Fix } from './edits';
import { isGrave, type ProblemCode } from './problemCodes';
import { syntaxFixes } from './syntaxFixes';
import type { Problem, Query, Severity } from './syntax/tree';
import { usesOf, type Uses } from './uses';

/** What a statement is read against. Keep one object for as long as nothing in it changes: analyses hang on it. */
export interface Context {
  readonly catalogue: Catalogue;
  /** The setting; a statement's own `-- @type` wins over it. */
  readonly queryType: DialectSetting;
  /** What a person has set for single codes; `off` leaves the problem out. */
  readonly severities?: ReadonlyMap<ProblemCode, Severity | 'off'>;
}

export interface Analysis {
  readonly statement: Statement;
  readonly choice: DialectChoice;
  readonly dialect: Dialect;
  /** The object after FROM, known wherever the cursor is; undefined when there is none or none of that name. */
  readonly object: CatalogueObject | undefined;
  /** The parser's and the checks', in the order of the text. */
  readonly problems: readonly Problem[];
  /** Whether somebody has asked for the problems before, so that they cost nothing now. */
  readonly isChecked: boolean;
}

/** Resolves a statement's names; the checks run when somebody first asks for the problems. */
export function analyse(statement: Statement, context: Context): Analysis {
  let known = analyses.get(context);
  if (!known) analyses.set(context, (known = new WeakMap()));
  let analysis = known.get(statement);
  if (!analysis) known.set(statement, (analysis = new LazyAnalysis(statement, context)));
  return analysis;
}

const analyses = new WeakMap<Context, WeakMap<Statement, Analysis>>();

/**
 * The statement's problems with their fixes, worked out anew: nobody keeps fixes. Each fix has been tried when it comes
 * out: what takes its problem away and brings another error or warning is left out.
 */
export function findingsOf(statement: Statement, context: Context): Finding[] {
  let left = statement.text.length <= longestMended ? mostTried : 0;
  const canTry = () => 0 <= (left -= statement.text.length);
  return findingsIn(resolve(statement, context), context).map((finding, _, before) => ({
    ...finding,
    fixes: () => {
      const fixes = (0 < left ? (finding.fixes?.() ?? []) : []).filter(
        fix => canTry() && mends(fix, finding, { statement, before, context }),
      );
      const likeliest = fixes.findIndex(({ preferred }) => preferred);
      return fixes.map(({ title, edits }, index) => ({ title, edits, preferred: index === likeliest }));
    },
  }));
}

/**
 * Longer statements, in UTF-16 code units, get no fixes: no query that AQuA takes comes near, and a file of another kind,
 * which is one statement with a problem at every word, is not to hold the editor up.
 */
const longestMended = 100_000;

/** How much text is read again to try the fixes of one statement. */
const mostTried = 1_000_000;

interface Attempt {
  readonly statement: Statement;
  readonly before: readonly Problem[];
  readonly context: Context;
}

function mends({ edits }: Fix, { code, hidesOthers }: Finding, { statement, before, context }: Attempt): boolean {
  const changed = statementsOf(applyEdits(statement.text, edits), statement.ending);
  if (changed.length === 0) return false;
  const after = changed.flatMap(one => findingsIn(resolve(one, context), context));
  const left = countsOf(before);
  left.set(code, (left.get(code) ?? 0) - 1);
  for (const [found, count] of countsOf(after)) {
    if (hidesOthers && found !== code) continue;
    // Advice on what only now is a sound query is no harm.
    const isAdvice = found !== code && after.every(problem => problem.code !== found || !isGrave(problem));
    if (!isAdvice && (left.get(found) ?? 0) < count) return false;
  }
  return true;
}

/** The statements that a text makes in the place of one; none where it would take in what follows in the file. */
function statementsOf(text: string, ending: Ending): readonly Statement[] {
  if (ending === 'file') return openDocument(text).statements;
  const next = 'select Id from Account';
  const { statements } = openDocument(`${text}${ending === 'semicolon' ? ';' : ''}\n${next}`);
  const own = statements.slice(0, -1);
  const last = statements.at(-1);
  const isApart = last?.text.slice(last.parsed.query.start) === next;
  return isApart && (ending === 'select' || own.at(-1)?.ending === 'semicolon') ? own : [];
}

function countsOf(problems: readonly Problem[]): Map<ProblemCode, number> {
  const counts = new Map<ProblemCode, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

// A class, since an object literal with a getter gets a function and a hidden class of its own each time. Uses are not
// kept: they hold the tree, and a file of thousands of statements has no room for all of its trees.
class LazyAnalysis implements Analysis {
  private resolved: Pick<Resolved, 'choice' | 'object'> | undefined;
  private found: readonly Problem[] | undefined;

  constructor(
    readonly statement: Statement,
    private readonly context: Context,
  ) {}

  get choice(): DialectChoice {
    return this.names.choice;
  }

  get dialect(): Dialect {
    return this.names.choice.dialect;
  }

  get object(): CatalogueObject | undefined {
    return this.names.object;
  }

  get isChecked(): boolean {
    return this.found !== undefined;
  }

  get problems(): readonly Problem[] {
    if (!this.found) {
      const resolved = resolve(this.statement, this.context);
      this.keep(resolved);
      const findings = findingsIn(resolved, this.context);
      this.found = findings.length === 0 ? noProblems : findings.map(withoutFixes);
    }
    return this.found;
  }

  private get names(): Pick<Resolved, 'choice' | 'object'> {
    return this.resolved ?? this.keep(resolve(this.statement, this.context));
  }

  private keep({ choice, object }: Resolved): Pick<Resolved, 'choice' | 'object'> {
    return (this.resolved = { choice, object });
  }
}

const noProblems: readonly Problem[] = [];

interface Resolved {
  readonly statement: Statement;
  readonly choice: DialectChoice;
  readonly object: CatalogueObject | undefined;
  readonly uses: () => Uses;
}

function resolve(statement: Statement, { catalogue, queryType }: Context): Resolved {
  const { query } = statement.parsed;
  const object = query.from && catalogue.object(query.from.text);
  let made: Uses | undefined;
  const uses = () => (made ??= usesOf(query, object, catalogue));
  const usesIn = (part: Query) => (part === query ? uses() : usesOf(part, object, catalogue));
  return { statement, choice: chooseDialect(statement.parsed, queryType, object, usesIn), object, uses };
}

function findingsIn({ statement, choice, object, uses }: Resolved, settings: Context): readonly Finding[] {
  const { catalogue, severities } = settings;
  const { parsed } = statement;
  const findings: Finding[] = parsed.problems.map(problem => ({
    ...problem,
    fixes: () => syntaxFixes(problem, statement, { dialect: choice.dialect, catalogue }),
  }));
  const context: CheckContext = {
    statement,
    query: parsed.query,
    dialect: choice.dialect,
    choice,
    catalogue,
    object,
    uses: uses(),
    report: finding => void findings.push(finding),
  };
  for (const check of checks) check(context);
  if (findings.length === 0) return findings;
  const wanted = severities && 0 < severities.size ? withSeverities(findings, severities) : findings;
  wanted.sort((one, other) => one.start - other.start);
  return withoutEchoes(wanted, statement.text);
}

function withSeverities(findings: readonly Finding[], severities: NonNullable<Context['severities']>): Finding[] {
  return findings.flatMap(finding => {
    const severity = severities.get(finding.code) ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}

function withoutFixes({ start, end, code, message, severity }: Finding): Problem {
  return { start, end, code, message, severity };
}
