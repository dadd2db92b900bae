import * as vscode from 'vscode';
import type { App } from '../../app';
import { amount } from '../describe';
import { filterAges, filterInWords, matches, standingsInWords, type JobFilter } from '../filter';
import type { JobSummary } from '../model';
import type { Standing } from '../standing';

/** ZOQL: Filter Jobs…. Which jobs the list shows, by check boxes; without a tick it shows all. */
export async function run(app: App): Promise<void> {
  const { store } = await app.parts();
  await app.loadHistory();
  const before = app.tree.filter() ?? {};
  const items = choices(store.all(), before);
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Show Jobs That Are…',
    placeHolder: 'Of several states or tenants, any. Nothing ticked shows all jobs.',
    canPickMany: true,
  });
  if (!picked) return;
  const filter = picked.reduce<JobFilter>((sum, { part }) => both(sum, part ?? {}), {});
  await app.tree.setFilter(filterInWords(filter) === undefined ? undefined : filter);
}

interface Choice extends vscode.QuickPickItem {
  /** What a tick at it asks for. */
  readonly part?: JobFilter;
}

/** Only what some job is, or what is ticked already. */
function choices(jobs: readonly JobSummary[], before: JobFilter): Choice[] {
  const now = Date.now();
  const choice = (label: string, part: JobFilter, picked: boolean): Choice[] => {
    const count = jobs.filter(job => matches(job, part, now)).length;
    return count === 0 && !picked ? [] : [{ label, description: amount(count), part, picked }];
  };
  const tenants = [...new Set(jobs.map(({ scope }) => scope.tenant))];
  const { text } = before;
  return [
    separator('State'),
    ...(Object.keys(standingsInWords) as Standing[]).flatMap(standing =>
      choice(standingsInWords[standing], { standings: [standing] }, before.standings?.includes(standing) ?? false),
    ),
    separator('Tenant'),
    ...tenants.flatMap(tenant => choice(tenant, { tenants: [tenant] }, before.tenants?.includes(tenant) ?? false)),
    separator('Marks'),
    ...choice('pinned', { pinned: true }, before.pinned ?? false),
    ...choice('with a note', { withNote: true }, before.withNote ?? false),
    ...choice('stateful', { stateful: true }, before.stateful ?? false),
    separator('Submitted'),
    ...filterAges.flatMap(({ within, label }) => choice(label, { within }, before.within === within)),
    ...(text === undefined ? [] : [separator('Text'), ...choice(`with “${text}”`, { text }, true)]),
  ];
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** Of two ages, the longer: it holds the other. */
function both(one: JobFilter, other: JobFilter): JobFilter {
  const standings = [...(one.standings ?? []), ...(other.standings ?? [])];
  const tenants = [...(one.tenants ?? []), ...(other.tenants ?? [])];
  const within = Math.max(one.within ?? 0, other.within ?? 0);
  return {
    ...one,
    ...other,
    ...(0 < standings.length && { standings }),
    ...(0 < tenants.length && { tenants }),
    ...(0 < within && { within }),
  };
}
