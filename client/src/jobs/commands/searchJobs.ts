import * as vscode from 'vscode';
import type { App } from '../../app';
import { amount, describeJob, inJobs } from '../describe';
import { queryMatches, textMatches } from '../filter';
import type { JobSummary } from '../model';
import type { JobStore } from '../store';

/** More lines than anybody reads; the text narrows them down. */
const mostShown = 100;

/** Entries that are read between two looks at whether the search is still wanted. */
const readAtOnce = 32;

interface Item extends vscode.QuickPickItem {
  readonly key?: string;
}

/**
 * ZOQL: Search Jobs…. Finds a job by its name, note, id, first query or files, and shows it in the list. What only whole
 * entries have, all names of queries and the ids of batches and files, is looked for when a person asks for it.
 */
export async function run(app: App): Promise<void> {
  const { store } = await app.parts();
  await app.loadHistory();
  const all = store.all();
  if (all.length === 0) return void vscode.window.showInformationMessage('There is no job in the list.');

  const pick = vscode.window.createQuickPick<Item>();
  const filterButton = { iconPath: new vscode.ThemeIcon('filter'), tooltip: 'Show Only These in the List' };
  pick.title = 'Search Jobs';
  pick.placeholder = 'Name, note, ID, query or file';
  pick.buttons = [filterButton];
  /** Ends a search through whole entries that is no longer wanted. */
  let reading = new AbortController();
  const stopReading = () => {
    reading.abort();
    pick.busy = false;
  };

  const show = () => {
    stopReading();
    const found = all.filter(job => textMatches(job, pick.value));
    pick.items = [...itemsOf(found), ...moreItem(found, all)];
  };
  const readAll = async () => {
    stopReading();
    reading = new AbortController();
    pick.busy = true;
    const { signal } = reading;
    const found = await searchEntries(store, all, pick.value, signal);
    if (signal.aborted) return;
    pick.busy = false;
    pick.items = 0 < found.length ? itemsOf(found) : [{ label: 'No job has this in it', alwaysShow: true }];
  };
  show();
  pick.onDidChangeValue(show);
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    if (item?.label === searchMore) return void readAll();
    pick.hide();
    if (item?.key !== undefined) void app.reveal({ kind: 'job', key: item.key }, { focus: true });
  });
  pick.onDidTriggerButton(() => {
    const text = pick.value.trim();
    pick.hide();
    void app.tree.setFilter(text === '' ? undefined : { text });
  });
  pick.onDidHide(() => {
    stopReading();
    pick.dispose();
  });
  pick.show();
}

const searchMore = 'Search in All Queries, Batch IDs and File IDs';

/** `alwaysShow`: what fits is decided here, where notes and files count too. */
function itemsOf(jobs: readonly JobSummary[]): Item[] {
  const items = jobs.slice(0, mostShown).map(job => {
    const { label, description, icon } = describeJob(job, Date.now());
    const iconPath = new vscode.ThemeIcon(icon.id);
    return { label, description, detail: job.scope.tenant, iconPath, alwaysShow: true, key: job.key };
  });
  const more = jobs.length - items.length;
  return more <= 0 ? items : [...items, { label: `${amount(more)} more: type on to see them`, alwaysShow: true }];
}

function moreItem(found: readonly JobSummary[], all: readonly JobSummary[]): Item[] {
  if (found.length === all.length) return [];
  const description = `Reads ${inJobs(all.length)}`;
  return [{ label: searchMore, description, iconPath: new vscode.ThemeIcon('search'), alwaysShow: true }];
}

async function searchEntries(
  store: JobStore,
  all: readonly JobSummary[],
  text: string,
  signal: AbortSignal,
): Promise<readonly JobSummary[]> {
  const found: JobSummary[] = [];
  for (let at = 0; at < all.length && !signal.aborted; at += readAtOnce) {
    const jobs = await Promise.all(all.slice(at, at + readAtOnce).map(({ key }) => store.open(key)));
    found.push(...jobs.filter(job => job !== undefined).filter(job => queryMatches(job, text)));
  }
  return found;
}
