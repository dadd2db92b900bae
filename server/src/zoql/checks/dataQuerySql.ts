import type { CatalogueObject } from '../catalogue';
import { typeOf, valuesOf } from '../comparedValues';
import type { Fix, TextEdit } from '../edits';
import { removal, withSpaceBefore } from '../repairs';
import { isWord, TokenKind, type Tokens } from '../syntax/lexer';
import { clauseOf } from '../syntax/roles';
import type { Name, Span } from '../syntax/tree';
import type { CheckContext, Finding } from './check';
import { isDateType } from './values';

/**
 * data-query-sql: a query for Zuora's other interface, Data Query, whose Presto SQL people mix up with the languages of
 * AQuA. The first telling words are marked.
 *
 * Source: Zuora docs, "Data Query" (its SQL has JOIN, UNION, WITH, table aliases, Presto's functions, and a column
 * `deleted` in each table).
 */
export function dataQuerySql(context: CheckContext): void {
  const { statement, report } = context;
  const isReadable = statement.parsed.problems.length === 0;
  const telling = firstOf([tellingValue(context), isReadable ? undefined : tellingWords(context)]);
  if (!telling) return;
  const isOfOracle = /^sysdate$/i.test(statement.text.slice(telling.start, telling.end));
  report({
    start: telling.start,
    end: telling.end,
    code: 'data-query-sql',
    message: `This looks like ${isOfOracle ? 'SQL' : 'Data Query SQL'}, which AQuA does not take`,
    // Where the parser has found an error here, this only says where it comes from.
    severity: isReadable ? 'warning' : 'information',
    fixes: () => [...relativeDates(context), ...pathsForTables(context)],
  });
}

/**
 * Leaves out what only says the same again of a statement in another language: syntax errors behind the first, and what
 * SQL calls by names that are none here.
 */
export function withoutEchoes(findings: readonly Finding[], text: string): readonly Finding[] {
  const sql = findings.find(({ code }) => code === 'data-query-sql');
  if (!sql) return findings;
  const first = findings.find(({ code, severity }) => severity === 'error' && isEcho.test(code));
  return findings.filter(finding => {
    const { start, end, code, severity } = finding;
    if (finding === sql || finding === first) return true;
    const isCovered = sql.start <= start && end <= sql.end && severity !== 'error';
    return !isCovered && !isEcho.test(code) && !sqlDate.test(text.slice(start, end));
  });
}

const isEcho =
  /^(expected-|unexpected-|duplicate-clause|clause-order|typed-literal|join|one-object|subselect|un(closed|opened)-paren|unknown-(relation|function))/;

const sqlDate = /^(current_(date|time|timestamp)|sysdate)$/i;

const prestoFunctions: ReadonlySet<string> = new Set([
  ...['array_agg', 'cast', 'coalesce', 'concat', 'date_add', 'date_diff', 'date_format', 'date_parse', 'date_trunc'],
  ...['element_at', 'from_iso8601_timestamp', 'from_unixtime', 'json_extract', 'json_extract_scalar', 'lower', 'now'],
  ...['nullif', 'regexp_like', 'replace', 'row_number', 'split_part', 'substr', 'to_unixtime', 'try_cast', 'upper'],
]);

/** A function, a value or a column that only Data Query has, in a query that reads as one of AQuA's. */
function tellingValue({ uses, object }: CheckContext): Span | undefined {
  const call = uses.calls.find(({ node }) => prestoFunctions.has(node.name.text.toLowerCase()));
  const deleted = uses.conditions.find(({ node, field }) => {
    const isDeleted = field?.node.parts.at(-1)?.text.toLowerCase() === 'deleted' && !object?.field('deleted');
    return isDeleted && node.kind === 'comparison' && node.right?.kind === 'literal' && node.right.type === 'boolean';
  });
  const date = uses.paths.find(({ node }) => node.parts.length === 1 && sqlDate.test(node.parts[0]?.text ?? ''));
  return firstOf([call?.node.name, deleted?.node, date?.node]);
}

/** Words that SQL has and the parser stumbles over. They are looked for in what it could not read alone, not in names. */
function tellingWords({ statement, query, uses }: CheckContext): Span | undefined {
  const { text, parsed } = statement;
  const { tokens } = parsed;
  const word = (index: number) => text.slice(tokens.starts[index], tokens.ends[index]).toLowerCase();
  const alias = query.from && tableAt(text, tokens, query.from);
  const isAliasUsed = [...uses.paths, ...uses.stars].some(({ node }) => isPrefix(node.parts[0], node, alias?.alias));
  for (let index = 0; index < tokens.count; index++) {
    const kind = tokens.kinds[index] ?? 0;
    const isColons = kind === TokenKind.unknown && text.startsWith('::', tokens.starts[index]);
    const isAlias = isAliasUsed && tokens.starts[index] === alias?.alias?.start;
    if (!isColons && !isAlias && !isWord(kind)) continue;
    const [here, next] = [word(index), word(index + 1)];
    const last = isColons || isAlias ? index + (isColons ? 1 : 0) : lastTelling(here, next, index, index === 0);
    if (last === undefined) continue;
    return { start: tokens.starts[index] ?? 0, end: tokens.ends[last] ?? 0 };
  }
  return undefined;
}

/** The token with which telling words end that begin at `index`. */
function lastTelling(here: string, next: string, index: number, isFirst: boolean): number | undefined {
  switch (here) {
    case 'join':
    case 'union':
    case 'intersect':
      return index;
    case 'left':
    case 'right':
    case 'full':
    case 'inner':
    case 'outer':
    case 'cross':
      return next === 'join' || next === 'outer' ? index + 1 : undefined;
    case 'case':
      return next === 'when' ? index + 1 : undefined;
    case 'over':
    case 'from':
      return next === '(' ? index + 1 : undefined;
    case 'interval':
      return next.startsWith("'") ? index + 1 : undefined;
    case 'with':
    case 'explain':
    case 'describe':
    case 'show':
      return isFirst ? index : undefined;
    default:
      return undefined;
  }
}

interface Table {
  readonly alias: Span & { readonly text: string };
  /** Behind the alias, or the name where it has none. */
  readonly next: number;
}

/** The alias behind a table's name. */
function tableAt(text: string, tokens: Tokens, table: Span): Table | undefined {
  let index = tokens.starts.indexOf(table.start) + 1;
  if (tokens.kinds[index] === TokenKind.as) index++;
  const [start = 0, end = 0] = [tokens.starts[index], tokens.ends[index]];
  const name = text.slice(start, end);
  const isName =
    tokens.kinds[index] === TokenKind.word &&
    !/^(on|using|join|left|right|inner|full|cross|union|intersect)$/i.test(name);
  return isName ? { alias: { start, end, text: name }, next: index + 1 } : undefined;
}

function isPrefix(name: Name | undefined, node: Span, alias: { readonly text: string } | undefined): boolean {
  return name !== undefined && name.end < node.end && name.text.toLowerCase() === alias?.text.toLowerCase();
}

/** Writes the present that a date is compared with as Export ZOQL does: `now()` as `'now'`. */
function relativeDates({ uses, statement }: CheckContext): Fix[] {
  const edits = uses.conditions.flatMap(use => {
    const type = typeOf(use);
    return valuesOf(use.node).flatMap((value): TextEdit[] => {
      const written = value ? statement.text.slice(value.start, value.end) : '';
      if (!value || !isDateType(type) || !/^(now\s*\(\s*\)|current_date|current_timestamp|sysdate)$/i.test(written))
        return [];
      const isDay = type === 'date' || /^current_date$/i.test(written);
      return [{ start: value.start, end: value.end, newText: isDay ? "'today'" : "'now'" }];
    });
  });
  const [first, ...others] = edits;
  return first
    ? [{ title: `Change to ${first.newText}${others.length > 0 ? ', and the like' : ''}`, edits, preferred: true }]
    : [];
}

/** Drops aliases and joins, and writes the fields of joined tables as paths: `c.Name` as `Account.Name`. */
function pathsForTables({ statement, query, uses, object }: CheckContext) {
  const { text, parsed } = statement;
  const { tokens } = parsed;
  if (!query.from || !object) return [];
  const prefixes = new Map<string, string>();
  const add = (name: Span, prefix: string) => {
    const table = tableAt(text, tokens, name);
    if (table) prefixes.set(table.alias.text.toLowerCase(), prefix);
  };
  add(query.from, '');
  let last = tokens.starts.indexOf(query.from.start);
  for (; last + 1 < tokens.count && !clauseOf(tokens.kinds[last + 1] ?? 0); last++) {
    if (text.slice(tokens.starts[last], tokens.ends[last]).toLowerCase() !== 'join') continue;
    const span = { start: tokens.starts[last + 1] ?? 0, end: tokens.ends[last + 1] ?? 0 };
    const relation = relationTo(object, text.slice(span.start, span.end));
    if (!relation) return [];
    add(span, `${relation}.`);
  }
  const joins = { start: query.from.end, end: tokens.ends[last] ?? query.from.end };
  if (joins.end <= joins.start) return [];
  const edits: TextEdit[] = [removal(withSpaceBefore(text, joins))];
  for (const { node } of [...uses.paths, ...uses.stars]) {
    const [name, field] = node.parts;
    const prefix = name && prefixes.get(name.text.toLowerCase());
    if (prefix === undefined || !name || node.end === name.end) continue;
    edits.push({ start: name.start, end: field?.start ?? node.end - 1, newText: prefix });
  }
  const hasJoin = /\bjoin\b/i.test(text.slice(joins.start, joins.end));
  return [{ title: hasJoin ? 'Write the joins as paths' : 'Drop the alias', edits }];
}

function relationTo({ relations }: CatalogueObject, table: string): string | undefined {
  const wanted = table.toLowerCase();
  const named = relations.find(({ name }) => name.toLowerCase() === wanted);
  return (named ?? relations.find(({ object }) => object.toLowerCase() === wanted))?.name;
}

function firstOf(spans: readonly (Span | undefined)[]): Span | undefined {
  return spans.reduce((first, span) => (!first || (span && span.start < first.start) ? span : first), undefined);
}
