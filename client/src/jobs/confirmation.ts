// What the confirmation of a submit shows and how its ticks behave. Plain data in, plain data out.
import { dialects, openDocument } from '../../../server/src/zoql/index';
import { enumerated } from './describe';
import type { Finding, FindingFix, FindingWeight } from './findings';
import type { JobPlan, StatefulSession } from './model';
import type { OpenDocument, PlanEntry } from './plan';
import type { Proposal } from './proposal';
import type { RequestSettings } from './settings';

/** What a person has decided so far. Queries are named by `queryKey`, so that a new proposal can take it over. */
export interface Choice {
  readonly ticked: ReadonlySet<string>;
  /** Queries that have an error and go out all the same. */
  readonly allowed: ReadonlySet<string>;
  readonly split: boolean;
}

/** A proposal, what is chosen of it, and what is to be said of that. */
export interface Confirmation {
  readonly proposal: Proposal;
  readonly choice: Choice;
  /** The ticked ones, in their order. */
  readonly chosen: readonly PlanEntry[];
  /** Of the request as it would go out now, and of each query. */
  readonly findings: readonly Finding[];
  /** What would go out now; empty where nothing can. */
  readonly plans: readonly JobPlan[];
}

/** Where the job goes, as a person reads it. */
export interface ConfirmedTenant {
  readonly name: string;
  /** The name as people see it: "PRODUCTION · acme-eu". */
  readonly marked: string;
  /** Such as "https://rest.na.zuora.com". */
  readonly origin: string;
  /** What stands at that origin, e.g. "US Production Cloud 1" or "own address". */
  readonly kind: string;
  /** Where the credentials come from when that is not the secret storage. */
  readonly credentials?: string;
  /** Its own entity, instead of the setting's. */
  readonly entityIds?: string;
  /** Its own organizations, instead of the setting's. */
  readonly orgIds?: string;
}

export type ConfirmationRow = HeadingRow | QueryRow | FactRow | FindingRow | ActionRow | LeftOutRow;

export interface HeadingRow {
  readonly kind: 'heading';
  readonly label: string;
}

export interface QueryRow {
  readonly kind: 'query';
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Its own ones, the gravest first. */
  readonly findings: readonly Finding[];
  readonly entry: PlanEntry;
  /** Its tick cannot be taken away. */
  readonly whole: boolean;
}

/** Goes out with every query, so its tick stays. */
export interface FactRow {
  readonly kind: 'fact';
  readonly icon: string;
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

/** Tells something about the request; it takes no tick. */
export interface FindingRow {
  readonly kind: 'finding';
  readonly label: string;
  readonly description: string;
  readonly finding: Finding;
}

/** Does something where it is ticked or Enter is pressed on it. */
export interface ActionRow {
  readonly kind: 'action';
  readonly action: 'fix' | 'preview' | 'curl';
  readonly icon: string;
  readonly label: string;
  readonly description: string;
}

/** Is not sent, so it takes no tick. */
export interface LeftOutRow {
  readonly kind: 'left-out';
  readonly label: string;
  readonly description: string;
}

export type TickableRow = Exclude<ConfirmationRow, HeadingRow>;

/** Names a query across proposals: by its name, and where two have one name also by its place. */
function queryKey({ name, source }: PlanEntry): string {
  return `${name}\n${placeKey({ source })}`;
}

function placeKey({ source }: Pick<PlanEntry, 'source'>): string {
  return `${source.uri}#${source.statement}`;
}

/** A proposal as it is when the list opens: all is ticked that has no error. */
export function firstConfirmation(proposal: Proposal): Confirmation {
  const faulty = proposal.whole ? new Set<string>() : faultyNames(findingsOfAll(proposal));
  const ticked = proposal.queries.filter(({ name }) => !faulty.has(name)).map(queryKey);
  return confirmationOf(proposal, { ticked: new Set(ticked), allowed: new Set(), split: false });
}

/** What a choice of a proposal comes to. */
export function confirmationOf(proposal: Proposal, choice: Choice): Confirmation {
  const chosen = proposal.queries.filter(query => choice.ticked.has(queryKey(query)));
  const way = { split: choice.split };
  // How many there are and what runs beside them depends on what is ticked; what is wrong with a query does not.
  const ofChosen = proposal.findingsOf(chosen, way);
  const names = new Set(chosen.map(({ name }) => name));
  const ofOthers = findingsOfAll(proposal).filter(({ query }) => query !== undefined && !names.has(query));
  return {
    proposal,
    choice,
    chosen,
    findings: byWeight([...ofChosen, ...ofOthers]),
    plans: proposal.plansOf(chosen, way),
  };
}

/** The choice as far as it fits a newer proposal: by the names of queries, and by their places where a name has changed. */
export function carryOver({ proposal: before, choice }: Confirmation, proposal: Proposal): Confirmation {
  const faultyBefore = faultyNames(findingsOfAll(before));
  const faulty = faultyNames(findingsOfAll(proposal));
  const ticked: string[] = [];
  const allowed: string[] = [];
  for (const query of proposal.queries) {
    const old = sameQuery(query, before.queries);
    const key = queryKey(query);
    const wasTicked = old && choice.ticked.has(queryKey(old));
    const wasAllowed = old && choice.allowed.has(queryKey(old));
    if (faulty.has(query.name)) {
      // What was allowed was the text with its errors, and no other one.
      if (!wasAllowed || old.source.text !== query.source.text) continue;
      allowed.push(key);
      if (wasTicked) ticked.push(key);
    } else if (wasTicked || !old || faultyBefore.has(old.name)) ticked.push(key);
  }
  return confirmationOf(proposal, { ticked: new Set(ticked), allowed: new Set(allowed), split: choice.split });
}

function sameQuery(query: PlanEntry, among: readonly PlanEntry[]): PlanEntry | undefined {
  const same = (key: (entry: PlanEntry) => string) => among.find(other => key(other) === key(query));
  return same(queryKey) ?? same(({ name }) => name) ?? same(placeKey);
}

/** Kept, since the list asks at each tick. */
const ofAll = new WeakMap<Proposal, readonly Finding[]>();

function findingsOfAll(proposal: Proposal): readonly Finding[] {
  let findings = ofAll.get(proposal);
  if (!findings) ofAll.set(proposal, (findings = proposal.findingsOf(proposal.queries, { split: true })));
  return findings;
}

function faultyNames(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ query, weight }) => (query !== undefined && weight === 'unticks' ? [query] : [])));
}

/** The rows from top to bottom: what is found, where to and how, the queries, those with an error, what is left out. */
export function confirmationRows(confirmation: Confirmation): ConfirmationRow[] {
  const { proposal, findings } = confirmation;
  const { queries, withoutStatement, notZoql, gone, whole } = proposal;
  const faulty = whole ? new Set<string>() : faultyNames(findings);
  const rows = queries.map(entry => queryRow(entry, findings, whole));
  const isFaulty = ({ entry }: QueryRow) => faulty.has(entry.name);
  return [
    ...group('findings', findingRows(findings)),
    ...group('sent to', factRows(confirmation)),
    ...group(
      'queries',
      rows.filter(row => !isFaulty(row)),
    ),
    ...group('not ticked: error found', rows.filter(isFaulty)),
    ...group('left out: no longer in its file', gone.map(leftOut)),
    ...group('left out: no statement', withoutStatement.map(leftOutRow)),
    ...group('left out: not ZOQL', notZoql.map(leftOut)),
    ...group('the request', requestRows(confirmation)),
  ];
}

export function isTicked(row: ConfirmationRow, { ticked }: Choice): boolean {
  return row.kind === 'fact' || (row.kind === 'query' && ticked.has(queryKey(row.entry)));
}

/** What comes of a change of ticks. */
export interface Settled {
  readonly choice: Choice;
  /**
   * Queries with an error that are ticked and not yet allowed. They need an explicit word, because one wrong query makes
   * Zuora refuse the whole job.
   */
  readonly asked: readonly QueryRow[];
  /** Only the row that does something was ticked, which means: do it. */
  readonly action: ActionRow['action'] | undefined;
}

/** What has a tick after a person changed some of these rows. */
export function settleTicks(
  rows: readonly ConfirmationRow[],
  ticked: ReadonlySet<ConfirmationRow>,
  choice: Choice,
): Settled {
  const settled: string[] = [];
  const asked: QueryRow[] = [];
  for (const row of rows) {
    if (row.kind !== 'query') continue;
    const key = queryKey(row.entry);
    if (row.whole) settled.push(key);
    else if (!ticked.has(row)) continue;
    else if (isFaulty(row) && !choice.allowed.has(key)) asked.push(row);
    else settled.push(key);
  }
  // The box above the list ticks every row at once, and means the queries.
  const [only, ...others] = rows.filter(row => ticked.has(row) && !isTicked(row, choice));
  return {
    choice: { ...choice, ticked: new Set(settled) },
    asked,
    action: only?.kind === 'action' && others.length === 0 ? only.action : undefined,
  };
}

/** The choice with these queries in it, errors or not. */
export function allow(choice: Choice, rows: readonly QueryRow[]): Choice {
  const keys = rows.map(({ entry }) => queryKey(entry));
  return { ...choice, ticked: new Set([...choice.ticked, ...keys]), allowed: new Set([...choice.allowed, ...keys]) };
}

/** The choice without the queries of these names. */
export function untick(choice: Choice, proposal: Proposal, names: readonly string[]): Choice {
  const keys = new Set(proposal.queries.filter(({ name }) => names.includes(name)).map(queryKey));
  return { ...choice, ticked: new Set([...choice.ticked].filter(key => !keys.has(key))) };
}

/** Why nothing can go out as it is ticked, the first one first. What only an unticked query has stands in nobody's way. */
export function obstacles({ findings, chosen }: Confirmation): readonly Finding[] {
  const names = new Set(chosen.map(({ name }) => name));
  return findings.filter(({ weight, query }) => weight === 'blocks' && (query === undefined || names.has(query)));
}

/** "Submit 3 queries as one AQuA job to Local sandbox". */
export function confirmationTitle({ proposal, chosen, plans }: Confirmation): string {
  const { of, tenant } = proposal;
  const queries = chosen.length === 1 ? '1 query' : `${chosen.length} queries`;
  const from = of === undefined ? '' : ` of ${of}`;
  const jobs = plans.length <= 1 ? 'one AQuA job' : `${plans.length} AQuA jobs`;
  return `Submit ${queries}${from} as ${jobs} to ${tenant.marked}`;
}

export function isFaulty({ findings, whole }: QueryRow): boolean {
  return !whole && findings.some(({ weight }) => weight === 'unticks');
}

/** Why a query starts without a tick. */
export function faultOf({ findings }: QueryRow): string {
  const [first, ...more] = findings.filter(({ weight }) => weight === 'unticks');
  if (!first) return '';
  return more.length === 0 ? first.message : `${first.message} (and ${more.length} more)`;
}

/** A line of the list of fixes. */
export interface FixRow {
  readonly finding: Finding;
  readonly fix: FindingFix;
  /** The finding's own words stand at its first fix only. */
  readonly first: boolean;
}

export function fixRows(findings: readonly Finding[]): FixRow[] {
  return findings.flatMap(finding => finding.fixes.map((fix, place) => ({ finding, fix, first: place === 0 })));
}

/** The icons of VS Code's own set. */
export const weightIcons: Readonly<Record<FindingWeight, string>> = {
  blocks: 'error',
  unticks: 'error',
  warns: 'warning',
  notes: 'info',
};

const weights: readonly FindingWeight[] = ['blocks', 'unticks', 'warns', 'notes'];

function byWeight(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => weights.indexOf(one.weight) - weights.indexOf(other.weight));
}

function findingRows(findings: readonly Finding[]): TickableRow[] {
  const fixable = findings.filter(({ fixes }) => 0 < fixes.length).length;
  const fix: ActionRow = {
    kind: 'action',
    action: 'fix',
    icon: 'lightbulb',
    label: `Fix findings… (${fixable})`,
    description: 'Enter lists what can be done',
  };
  const ofRequest = findings.filter(({ query }) => query === undefined);
  return [
    ...ofRequest.map((finding): FindingRow => {
      const description = finding.weight === 'blocks' ? 'blocks the submit' : '';
      return { kind: 'finding', label: finding.message, description, finding };
    }),
    ...(fixable === 0 ? [] : [fix]),
  ];
}

function requestRows({ plans }: Confirmation): ActionRow[] {
  if (plans.length === 0) return [];
  const description = plans.length === 1 ? '' : `of one of the ${plans.length} jobs`;
  return [
    { kind: 'action', action: 'preview', icon: 'open-preview', label: 'Preview Request', description },
    { kind: 'action', action: 'curl', icon: 'terminal', label: 'Copy as cURL', description },
  ];
}

function group(label: string, rows: readonly TickableRow[]): ConfirmationRow[] {
  return rows.length === 0 ? [] : [{ kind: 'heading', label }, ...rows];
}

function factRows({ proposal: { tenant, settings, ofWorkspace }, plans }: Confirmation): FactRow[] {
  const { marked, origin, kind, credentials } = tenant;
  const fact = (icon: string, label: string, description: string): FactRow[] =>
    description ? [{ kind: 'fact', icon, label, description }] : [];
  const where = fact('server-environment', marked, `${origin} · ${kind}`);
  const [first] = plans;
  const notify = fact('bell', 'notifyUrl', text(settings['zoql.job.notifyUrl']));
  const ofTheirs = ofWorkspace.has('zoql.job.notifyUrl');
  return [
    ...(credentials === undefined ? where : where.map(row => ({ ...row, detail: credentials }))),
    ...fact('split-horizontal', 'Split', plans.length <= 1 ? '' : sizesInWords(plans)),
    ...fact('history', 'Stateful session', sessionInWords(first?.session)),
    ...(ofTheirs ? notify.map(row => ({ ...row, detail: notifyUrlOfWorkspace })) : notify),
    ...fact('settings-gear', 'Options', setOptions(settings).join(' · ')),
  ];
}

/** Zuora calls that address, so a folder that somebody else has made may not name it unseen. */
const notifyUrlOfWorkspace = "Set by this workspace, not by you. Zuora calls this address with the job's ID and status";

/** "2 jobs of 30 queries", "3 jobs of 33, 34 and 33 queries". */
function sizesInWords(plans: readonly JobPlan[]): string {
  const sizes = plans.map(({ queries }) => queries.length);
  const last = sizes.at(-1) ?? 0;
  const same = sizes.every(size => size === last);
  const each = same ? `${last}` : enumerated(sizes.map(String));
  return `${plans.length} jobs of ${each} queries`;
}

function sessionInWords(session: StatefulSession | undefined): string {
  return session ? `partner ${session.partner} · project ${session.project}` : '';
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

function queryRow(entry: PlanEntry, findings: readonly Finding[], whole: boolean): QueryRow {
  const { name, type, source, versionLabel } = entry;
  const object = openDocument(entry.query).statements[0]?.parsed.query.from?.text;
  return {
    kind: 'query',
    label: name,
    description: [dialects[type].name, object].filter(Boolean).join(' · '),
    detail: [`${source.relativePath}, line ${source.line}`, versionLabel].filter(Boolean).join(' · '),
    findings: findings.filter(({ query }) => query === name),
    entry,
    whole,
  };
}

function leftOutRow({ relativePath, versionLabel }: OpenDocument): LeftOutRow {
  return { kind: 'left-out', label: relativePath, description: versionLabel ?? '' };
}

function leftOut(label: string): LeftOutRow {
  return { kind: 'left-out', label, description: '' };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}
