/** A query as SQL for DuckDB, or the reason why Zuora refuses it. */
import {
  aggregates,
  dateFunctions,
  dialects,
  openDocument,
  type Call,
  type Catalogue,
  type CatalogueObject,
  type Dialect,
  type Operand,
  type Query,
  type SelectItem,
} from '../../../server/src/zoql/index';
import type { DeletedColumn } from '../aqua.schema';
import { deletedMark } from '../dataset/rows';
import { conditionSql, type Binding } from './conditions';
import { applyDialectRules } from './dialectRules';
import { tenantOffsetMinutes } from './moments';
import { applyObjectRules } from './objectRules';
import { refuse, Refused, texts, type Refusal } from './refusal';
import { baseTable, createScope, quoted, type Column, type Scope } from './scope';

export interface TranslateOptions {
  readonly dialect: Dialect;
  /** Milliseconds since 1970, for `now` and `today`. */
  readonly now: number;
  /** `utc` and `tenant`: 2026-08-04T20:11:15-0800; `soap`, which is ZOQL's own: 2026-08-04T20:11:15.000-08:00. */
  readonly dateTimes: 'utc' | 'tenant' | 'soap';
  /** Only rows changed since then, in milliseconds since 1970. */
  readonly changedSince: number | undefined;
  /** Deleted rows too, with a column that marks them. */
  readonly deleted: DeletedColumn | undefined;
}

export interface Translation {
  readonly sql: string;
  readonly values: readonly string[];
  /** Headers, by API names and by labels. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
  /** The tables that must be there. */
  readonly objects: readonly CatalogueObject[];
}

export type TranslateOutcome =
  { readonly ok: true; readonly value: Translation } | { readonly ok: false; readonly refusal: Refusal };

export function translate(text: string, tenant: Catalogue, options: TranslateOptions): TranslateOutcome {
  try {
    return { ok: true, value: translateOrRefuse(text, tenant, options) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** The object after FROM as it is written; undefined where there is none. */
export function objectNameOf(text: string): string | undefined {
  return openDocument(text).statements[0]?.parsed.query.from?.text;
}

function translateOrRefuse(text: string, tenant: Catalogue, options: TranslateOptions): Translation {
  const { dialect, now, changedSince, deleted } = options;
  if (dialects[dialect].maxLength < text.length) refuse(texts.syntax);
  const query = parsedQuery(text);
  applyDialectRules(query, dialect);
  const base = baseObject(query, tenant, dialect);
  if (deleted && withoutDeleted.has(base.name)) refuse(texts.syntax, '90017');

  if (dialect === 'zoql') applyObjectRules(query, base.name);

  const scope = createScope(tenant, base, dialect);
  const values: string[] = [];
  const bind = (value: string): string => `$${values.push(value)}`;
  const rowBinding: Binding = { scope, now, bind, column: operand => valueColumn(operand, scope) };
  const groupBinding: Binding = { ...rowBinding, column: operand => groupColumn(operand, scope) };

  const selected = query.items.flatMap(item => selectedColumns(item, scope));
  checkAliases(query, scope);
  const isGrouped = query.groupBy.length > 0 || query.items.some(item => isAggregate(item.value));
  const groups = query.groupBy.map(operand => valueColumn(operand, scope).sql);
  if (isGrouped) checkGrouped(query, groups, scope);

  const conditions = [
    query.where && conditionSql(query.where, rowBinding),
    changedSince !== undefined && changedSinceSql(base, changedSince, bind),
    deleted === undefined && `NOT ${baseTable}.${quoted(deletedMark)}`,
  ].filter(condition => typeof condition === 'string');
  const having = query.having && conditionSql(query.having, groupBinding);
  const marked = deleted && !isGrouped ? [deletedColumn(deleted, base), ...selected] : selected;
  // A limit without an order would give other rows every time; the data's own order and then the columns decide.
  const positions = marked.map((_, index) => String(index + 1));
  const order = [
    ...query.orderBy.map(({ value, direction }) => {
      const { sql } = isGrouped ? groupColumn(value, scope) : valueColumn(value, scope);
      return direction === 'desc' ? `${sql} DESC NULLS LAST` : `${sql} ASC NULLS FIRST`;
    }),
    ...(isGrouped ? positions : [`${baseTable}.rowid`]),
  ];

  const sql = [
    `SELECT ${marked.map(column => textSql(column, options.dateTimes)).join(', ')}`,
    `FROM ${quoted(base.name)} ${baseTable}`,
    scope.joins(),
    conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`,
    having === undefined ? '' : `HAVING ${having}`,
    `ORDER BY ${order.join(', ')}`,
    limitSql(query),
  ].filter(part => part !== '');
  return {
    sql: sql.join('\n'),
    values,
    names: marked.map(column => column.name),
    labels: marked.map(column => column.label),
    objects: scope.objects(),
  };
}

function parsedQuery(text: string): Query {
  const { statements } = openDocument(text);
  const [statement] = statements;
  if (!statement || statements.length !== 1) refuse(texts.syntax);
  const { parsed } = statement;
  // Comments belong to the editor: Zuora documents none.
  if (parsed.problems.length > 0 || parsed.comments.length > 0) refuse(texts.syntax);
  return parsed.query;
}

function baseObject(query: Query, tenant: Catalogue, dialect: Dialect): CatalogueObject {
  const object = tenant.object(query.from?.text ?? '');
  if (!object || tenant.notInAqua.includes(object.name)) refuse(texts.noSource);
  if (!(dialect === 'zoql' ? object.zoql : object.exported)) refuse(texts.noSource);
  return object;
}

function selectedColumns({ value, alias }: SelectItem, scope: Scope): readonly Column[] {
  if (value.kind === 'star') return scope.star(value.parts);
  const column = groupColumn(value, scope);
  return [alias ? { ...column, name: alias.name, label: alias.name } : column];
}

/** A field, or a date function of one. */
function valueColumn(operand: Operand, scope: Scope): Column {
  switch (operand.kind) {
    case 'path':
      return scope.column(operand.parts);
    case 'call':
      return dateFunctions.has(operand.name.text.toLowerCase()) ? dateColumn(operand, scope) : refuse(texts.syntax);
    case 'star':
    case 'literal':
      return refuse(texts.syntax);
  }
}

/** The same, or an aggregate. */
function groupColumn(operand: Operand, scope: Scope): Column {
  return operand.kind === 'call' && isAggregate(operand)
    ? aggregateColumn(operand, scope)
    : valueColumn(operand, scope);
}

function aggregateColumn({ name, args, distinct }: Call, scope: Scope): Column {
  const aggregate = name.text.toLowerCase();
  const [argument] = args;
  if (!argument || args.length !== 1) refuse(texts.syntax);
  if (distinct && aggregate !== 'count') refuse(texts.syntax, '90020');
  if (argument.kind === 'star') {
    if (aggregate !== 'count' || distinct || argument.parts.length > 0) refuse(texts.syntax);
    return { sql: 'count(*)', type: 'integer', name: 'count(*)', label: 'count(*)', field: undefined };
  }
  // valueColumn knows no aggregates, so one inside another is refused.
  const column = valueColumn(argument, scope);
  const isNumeric = column.type === 'integer' || column.type === 'decimal';
  if ((aggregate === 'sum' || aggregate === 'avg') && !isNumeric) refuse(texts.invalidValue(column.name, aggregate));
  const word = distinct ? 'distinct ' : '';
  return {
    sql: `${aggregate}(${word}${column.sql})`,
    type: aggregate === 'count' ? 'integer' : aggregate === 'avg' ? 'decimal' : column.type,
    name: `${aggregate}(${word}${column.name})`,
    label: `${aggregate}(${word}${column.label})`,
    field: undefined,
  };
}

function dateColumn({ name, args, distinct }: Call, scope: Scope): Column {
  const [argument] = args;
  if (argument?.kind !== 'path' || args.length !== 1 || distinct) refuse(texts.syntax);
  const column = scope.column(argument.parts);
  if (column.type !== 'date' && column.type !== 'datetime') refuse(texts.invalidValue(column.name, name.text));
  const word = name.text.toLowerCase();
  const day = column.type === 'date' ? column.sql : `CAST(${shifted(column.sql, tenantOffsetMinutes)} AS DATE)`;
  return {
    sql: word === 'date' ? day : `${word === 'weekofyear' ? 'week' : word}(${day})`,
    type: word === 'date' ? 'date' : 'integer',
    name: `${word}(${column.name})`,
    label: `${word}(${column.label})`,
    field: undefined,
  };
}

function isAggregate(operand: Operand): boolean {
  return operand.kind === 'call' && aggregates.has(operand.name.text.toLowerCase());
}

/** An alias that says the column's own name is no alias, so two of those are fine. */
function checkAliases(query: Query, scope: Scope): void {
  const seen = new Set<string>();
  for (const { value, alias } of query.items) {
    if (!alias || value.kind === 'star' || groupColumn(value, scope).name === alias.name) continue;
    if (seen.has(alias.name)) refuse(texts.duplicateAlias(alias.name));
    seen.add(alias.name);
  }
}

/** Every selected or ordered value that is no aggregate must be made of what is grouped by. */
function checkGrouped(query: Query, groups: readonly string[], scope: Scope): void {
  const isGroup = (operand: Operand): boolean => groups.includes(valueColumn(operand, scope).sql);
  for (const { value } of [...query.items, ...query.orderBy]) {
    if (isAggregate(value) || (value.kind !== 'star' && isGroup(value))) continue;
    const argument = value.kind === 'call' ? value.args[0] : undefined;
    if (!argument || !isGroup(argument)) refuse(texts.notGrouped);
  }
}

function changedSinceSql(base: CatalogueObject, since: number, bind: (value: string) => string): string | undefined {
  if (!base.field('UpdatedDate')) return undefined;
  return `${baseTable}."UpdatedDate" >= CAST(${bind(new Date(since).toISOString().replace('Z', ''))} AS TIMESTAMP)`;
}

function deletedColumn({ column = 'Deleted', format = 'Boolean' }: DeletedColumn, base: CatalogueObject): Column {
  const mark = `${baseTable}.${quoted(deletedMark)}`;
  return {
    sql: format === 'Numeric' ? `CAST(${mark} AS INTEGER)` : mark,
    type: format === 'Numeric' ? 'integer' : 'boolean',
    name: `${base.name}.${column}`,
    label: `${base.label}: ${column}`,
    field: undefined,
  };
}

/** A value as the CSV has it. */
function textSql({ sql, type }: Column, dateTimes: TranslateOptions['dateTimes']): string {
  switch (type) {
    case 'datetime':
      if (dateTimes === 'utc') return `strftime(${sql}, '%Y-%m-%dT%H:%M:%S+0000')`;
      return `strftime(${shifted(sql, tenantOffsetMinutes)}, '%Y-%m-%dT%H:%M:%S${dateTimes === 'soap' ? '.000-08:00' : '-0800'}')`;
    case 'decimal':
      // 12.500000 is written as 12.5; only zeros behind the point go.
      return `regexp_replace(CAST(CAST(${sql} AS DECIMAL(38, 9)) AS VARCHAR), '\\.?0+$', '')`;
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}

function shifted(sql: string, minutes: number): string {
  return `(${sql} + INTERVAL (${minutes}) MINUTE)`;
}

function limitSql({ limit }: Query): string {
  if (limit?.count === undefined) return '';
  return `LIMIT ${limit.count} OFFSET ${limit.offset ?? 0}`;
}

/** Zuora docs, "Export deleted data" and the lists of a public client. */
const withoutDeleted: ReadonlySet<string> = new Set([
  'AccountingCode',
  'AccountingPeriod',
  'BookingTransaction',
  'CalloutHistory',
  'ContactSnapshot',
  'DiscountAppliedMetrics',
  'EmailHistory',
  'HpmCaptchaValidationResult',
  'PaymentGatewayReconciliationEventLog',
  'PaymentMethodTransactionLog',
  'PaymentReconciliationJob',
  'PaymentReconciliationLog',
  'PaymentTransactionLog',
  'ProcessedUsage',
  'RefundTransactionLog',
  'SmartPreventionAudit',
  'UpdaterBatch',
  'UpdaterDetail',
]);
