import * as vscode from 'vscode';
import {
  confirmationRows,
  confirmationTitle,
  faultOf,
  initialTicks,
  isFaulty,
  settleTicks,
  type ConfirmationInput,
  type ConfirmationRow,
  type QueryRow,
  type TickableRow,
} from './confirmation';
import type { PlanEntry } from './plan';

export interface PreflightOptions extends ConfirmationInput {
  /** What the queries are taken of, in words; undefined where it is everything that is open. */
  readonly of: string | undefined;
  /** Why these queries cannot go out together; the list then stays open. */
  check(queries: readonly PlanEntry[]): string | undefined;
}

interface Item extends vscode.QuickPickItem {
  readonly row: ConfirmationRow;
}

const submitAnyway: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('warning'),
  tooltip: 'Submit Anyway',
};

/** Shows what is about to be sent. Resolves to the ticked queries in their order, or undefined: then nothing goes out. */
export function confirmSubmit(options: PreflightOptions): Promise<readonly PlanEntry[] | undefined> {
  const rows = confirmationRows(options);
  const items = new Map(rows.map(row => [row, toItem(row)] as const));
  const allowed = new Set<ConfirmationRow>();
  const list = vscode.window.createQuickPick<Item>();
  let asking = false;
  let ticked: readonly TickableRow[] = [];

  const tick = (next: readonly TickableRow[]) => {
    ticked = next;
    list.selectedItems = next.flatMap(row => items.get(row) ?? []);
    list.title = confirmationTitle({ ...options, count: queriesOf(next).length });
  };
  const allow = (wanted: readonly QueryRow[]) => {
    for (const row of wanted) allowed.add(row);
    tick(settleTicks({ rows, ticked: new Set([...ticked, ...wanted]), allowed }).ticked);
  };
  const changeTicks = async (selected: readonly Item[]) => {
    const changed = settleTicks({ rows, ticked: new Set(selected.map(({ row }) => row)), allowed });
    const settled = changed.ticked.length === selected.length && changed.asked.length === 0;
    if (settled) ticked = changed.ticked;
    else tick(changed.ticked);
    list.title = confirmationTitle({ ...options, count: queriesOf(ticked).length });
    if (changed.asked.length === 0 || asking) return;
    asking = true;
    if (await askToSubmitAnyway(changed.asked)) allow(changed.asked);
    asking = false;
  };

  list.canSelectMany = true;
  list.ignoreFocusOut = true; // Looking something up in a file must not throw the choice away.
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.placeholder = 'Enter sends what is ticked, Escape sends nothing';
  list.items = [...items.values()];
  tick(initialTicks(rows));

  return new Promise(resolve => {
    list.onDidChangeSelection(selected => void changeTicks(selected));
    list.onDidTriggerItemButton(({ item: { row } }) => {
      if (row.kind === 'query') allow([row]);
    });
    list.onDidAccept(() => {
      const queries = queriesOf(ticked);
      const obstacle = options.check(queries);
      if (obstacle !== undefined) return void vscode.window.showErrorMessage(obstacle);
      resolve(queries);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined); // Does nothing after an accept.
      list.dispose();
    });
    list.show();
  });
}

/** A single wrong query costs the whole job, so ticking one is a decision of its own. */
async function askToSubmitAnyway(rows: readonly QueryRow[]): Promise<boolean> {
  const [first, ...more] = rows;
  const what = first && more.length === 0 ? `"${first.label}"` : `${rows.length} queries`;
  const answer = await vscode.window.showWarningMessage(
    `Submit ${what} anyway?`,
    {
      modal: true,
      detail: [
        ...rows.map(row => `${row.label}: ${faultOf(row.entry)}`),
        'If Zuora sees the same error it refuses the whole job. Zuora publishes no grammar, so this check can be wrong.',
      ].join('\n\n'),
    },
    'Submit Anyway',
  );
  return answer === 'Submit Anyway';
}

function queriesOf(rows: readonly TickableRow[]): PlanEntry[] {
  return rows.flatMap(row => (row.kind === 'query' ? [row.entry] : []));
}

function toItem(row: ConfirmationRow): Item {
  switch (row.kind) {
    case 'heading':
      return { row, label: row.label, kind: vscode.QuickPickItemKind.Separator };
    case 'query':
      return {
        row,
        label: isFaulty(row) ? `$(error) ${plain(row.label)}` : plain(row.label),
        description: plain(row.description),
        detail: plain(row.detail),
        buttons: isFaulty(row) ? [submitAnyway] : [],
      };
    case 'fact':
      return {
        row,
        label: `$(${row.icon}) ${plain(row.label)}`,
        description: plain(row.description),
        ...(row.detail === undefined ? {} : { detail: plain(row.detail) }),
      };
    case 'left-out':
      return { row, label: `$(circle-slash) ${plain(row.label)}`, description: plain(row.description) };
  }
}

/** Names and addresses are data: `$(name)` in them must not become an icon. */
function plain(text: string): string {
  return text.replace(/\$\(/g, '$\u200b(');
}
