// What the confirmation of a submit shows and how its ticks behave. Plain data in, plain data out.
import { dialects, openDocument } from '../../../server/src/zoql/index';
import type { OpenDocument, PlanEntry } from './plan';
import type { RequestSettings } from './settings';

export interface ConfirmationInput {
  readonly tenant: ConfirmedTenant;
  readonly settings: RequestSettings;
  readonly queries: readonly PlanEntry[];
  readonly withoutStatement: readonly OpenDocument[];
  /** The paths of files that a person has chosen although they are not ZOQL. */
  readonly notZoql: readonly string[];
}

/** Where the job goes, as a person reads it. */
export interface ConfirmedTenant {
  readonly name: string;
  /** Such as "https://rest.na.zuora.com". */
  readonly origin: string;
  /** What stands at that origin, e.g. "US Production Cloud 1" or "own address". */
  readonly kind: string;
  /** Where the credentials come from when that is not the secret storage. */
  readonly credentials?: string;
}

export type ConfirmationRow = HeadingRow | QueryRow | FactRow | LeftOutRow;

export interface HeadingRow {
  readonly kind: 'heading';
  readonly label: string;
}

export interface QueryRow {
  readonly kind: 'query';
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly entry: PlanEntry;
}

/** Goes out with every query, so its tick stays. */
export interface FactRow {
  readonly kind: 'fact';
  readonly icon: string;
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

/** Is not sent, so it takes no tick. */
export interface LeftOutRow {
  readonly kind: 'left-out';
  readonly label: string;
  readonly description: string;
}

export type TickableRow = Exclude<ConfirmationRow, HeadingRow>;

/** The rows from top to bottom: where to and how, the queries, those with an error, the files that are left out. */
export function confirmationRows({
  tenant,
  settings,
  queries,
  withoutStatement,
  notZoql,
}: ConfirmationInput): ConfirmationRow[] {
  const sound = queries.filter(({ problems }) => problems.length === 0);
  const faulty = queries.filter(({ problems }) => 0 < problems.length);
  return [
    ...group('sent to', factRows(tenant, settings)),
    ...group('queries', sound.map(queryRow)),
    ...group('not ticked: error found', faulty.map(queryRow)),
    ...group('left out: no statement', withoutStatement.map(leftOutRow)),
    ...group(
      'left out: not ZOQL',
      notZoql.map(path => ({ kind: 'left-out', label: path, description: '' })),
    ),
  ];
}

/** What has a tick when the list opens. */
export function initialTicks(rows: readonly ConfirmationRow[]): TickableRow[] {
  return rows.filter(row => row.kind === 'fact' || (row.kind === 'query' && !isFaulty(row))) as TickableRow[];
}

/**
 * What has a tick after a person changed some.
 *
 * A query with an error that is not among `allowed` comes back in `asked` instead: it needs an explicit word, because
 * one wrong query makes Zuora refuse the whole job.
 */
export function settleTicks({
  rows,
  ticked,
  allowed,
}: {
  readonly rows: readonly ConfirmationRow[];
  readonly ticked: ReadonlySet<ConfirmationRow>;
  readonly allowed: ReadonlySet<ConfirmationRow>;
}): { readonly ticked: TickableRow[]; readonly asked: QueryRow[] } {
  const settled: TickableRow[] = [];
  const asked: QueryRow[] = [];
  for (const row of rows) {
    if (row.kind === 'fact') settled.push(row);
    else if (row.kind === 'query' && ticked.has(row)) {
      if (isFaulty(row) && !allowed.has(row)) asked.push(row);
      else settled.push(row);
    }
  }
  return { ticked: settled, asked };
}

/** "Submit 3 queries as one AQuA job to Local sandbox". */
export function confirmationTitle({
  count,
  tenant,
  of,
}: {
  readonly count: number;
  readonly tenant: ConfirmedTenant;
  /** What they are taken of, in words; undefined where it is everything that is open. */
  readonly of: string | undefined;
}): string {
  const queries = count === 1 ? '1 query' : `${count} queries`;
  const from = of === undefined ? '' : ` of ${of}`;
  return `Submit ${queries}${from} as one AQuA job to ${tenant.name}`;
}

export function isFaulty({ entry }: QueryRow): boolean {
  return 0 < entry.problems.length;
}

/** Why a query starts without a tick. */
export function faultOf({ problems }: PlanEntry): string {
  const [first, ...more] = problems;
  if (!first) return '';
  return more.length === 0 ? first.message : `${first.message} (and ${more.length} more)`;
}

function group(label: string, rows: readonly TickableRow[]): ConfirmationRow[] {
  return rows.length === 0 ? [] : [{ kind: 'heading', label }, ...rows];
}

function factRows(tenant: ConfirmedTenant, settings: RequestSettings): FactRow[] {
  const { name, origin, kind, credentials } = tenant;
  const fact = (icon: string, label: string, description: string): FactRow[] =>
    description ? [{ kind: 'fact', icon, label, description }] : [];
  const where = fact('server-environment', name, `${origin} · ${kind}`);
  return [
    ...(credentials === undefined ? where : where.map(row => ({ ...row, detail: credentials }))),
    ...fact('bell', 'notifyUrl', text(settings['zoql.job.notifyUrl'])),
    ...fact('settings-gear', 'Options', setOptions(settings).join(' · ')),
  ];
}

/** The settings that have a value, by their last name; notifyUrl has a row of its own. */
function setOptions(settings: RequestSettings): string[] {
  return Object.entries(settings).flatMap(([setting, value]) => {
    const name = setting.slice(setting.lastIndexOf('.') + 1);
    if (value === null || value === undefined || value === '' || name === 'notifyUrl') return [];
    // A header that is switched off is not sent.
    if (value === false && setting.startsWith('zoql.request.')) return [];
    if (typeof value !== 'object') return [`${name} ${text(value)}`];
    const keys = Object.keys(value);
    return keys.length === 0 ? [] : [`${name} ${keys.join(', ')}`];
  });
}

function queryRow(entry: PlanEntry): QueryRow {
  const { name, type, source, versionLabel, problems } = entry;
  const object = openDocument(entry.query).statements[0]?.parsed.query.from?.text;
  const dialect = dialects[type].name;
  const place = [`${source.relativePath}, line ${source.line}`, versionLabel].filter(Boolean).join(' · ');
  return {
    kind: 'query',
    label: name,
    description: [dialect, object].filter(Boolean).join(' · '),
    detail: problems.length === 0 ? place : `${faultOf(entry)} · ${place}`,
    entry,
  };
}

function leftOutRow({ relativePath, versionLabel }: OpenDocument): LeftOutRow {
  return { kind: 'left-out', label: relativePath, description: versionLabel ?? '' };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}
