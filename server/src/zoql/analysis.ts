/**
 * What features take: a statement with its dialect, its object and all that is wrong with it. Pure and immutable;
 * made on first need and kept for as long as the statement and the context live.
 */
import type { Catalogue, CatalogueObject } from './catalogue';
import { checks } from './checks/index';
import { chooseDialect } from './chooseDialect';
import type { Dialect, DialectChoice, DialectSetting } from './dialect';
import type { Statement } from './document';
import type { Problem } from './syntax/tree';

/** What a statement is read against. Keep one object for as long as nothing in it changes: analyses hang on it. */
export interface Context {
  readonly catalogue: Catalogue;
  /** The setting; a statement's own `-- @type` wins over it. */
  readonly queryType: DialectSetting;
}

export interface Analysis {
  readonly statement: Statement;
  readonly choice: DialectChoice;
  readonly dialect: Dialect;
  /** The object after FROM, known wherever the cursor is; undefined when there is none or none of that name. */
  readonly object: CatalogueObject | undefined;
  /** The parser's and the checks', in the order of the text. */
  readonly problems: readonly Problem[];
}

/** Resolves a statement's names and checks it. */
export function analyse(statement: Statement, context: Context): Analysis {
  let known = analyses.get(context);
  if (!known) analyses.set(context, (known = new WeakMap()));
  let analysis = known.get(statement);
  if (!analysis) known.set(statement, (analysis = createAnalysis(statement, context)));
  return analysis;
}

const analyses = new WeakMap<Context, WeakMap<Statement, Analysis>>();

function createAnalysis(statement: Statement, { catalogue, queryType }: Context): Analysis {
  const { parsed } = statement;
  const { query } = parsed;
  const choice = chooseDialect(parsed, queryType, catalogue);
  const object = query.from && catalogue.object(query.from.text);
  const problems: Problem[] = [...parsed.problems];
  for (const check of checks) {
    check({ statement, query, dialect: choice.dialect, report: problem => problems.push(problem) });
  }
  problems.sort((a, b) => a.start - b.start);
  return { statement, choice, dialect: choice.dialect, object, problems };
}
