import * as vscode from 'vscode';
import type { Tenants } from '../tenants/tenants';
import { statusText } from './statusText';
import type { JobStore } from './store';

const lookedAtKey = 'zoql.jobsLookedAt';

/** Changes that come together are shown together. */
const showAfterMs = 200;

export interface StatusBarParts {
  readonly store: JobStore;
  readonly tenants: Tenants;
  readonly view: vscode.TreeView<unknown>;
  /** The person's memory on this computer: when they last looked at the view. */
  readonly memory: vscode.Memento;
}

/**
 * Shows the active tenant and how its jobs are, as long as a tenant is set up. A click shows the view, and with it all
 * failures are looked at.
 */
export function showStatusBar({ store, tenants, view, memory }: StatusBarParts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('zoql.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'ZOQL: Tenant and Jobs';
  let timer: ReturnType<typeof setTimeout> | undefined;
  // What failed before the first look at all is no news.
  let lookedAt = memory.get<number>(lookedAtKey) ?? Date.now();
  const isLookedAt = () => view.visible && vscode.window.state.focused;

  const show = () => {
    timer = undefined;
    if (tenants.all().length === 0) return item.hide();
    if (isLookedAt()) lookedAt = Date.now();
    const profile = tenants.active();
    const { text, tooltip, spoken } = statusText({ profile, jobs: store.all(), lookedAt });
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: spoken };
    item.command = profile ? 'zoql.jobs.focus' : 'zoql.selectTenant';
    item.show();
  };
  const showSoon = () => {
    timer ??= setTimeout(show, showAfterMs);
  };
  let wasLookedAt = isLookedAt();
  const lookChanged = () => {
    // Both the beginning and the end of a look: what failed in between was seen.
    if (isLookedAt() !== wasLookedAt) {
      lookedAt = Date.now();
      void memory.update(lookedAtKey, lookedAt);
    }
    wasLookedAt = isLookedAt();
    showSoon();
  };
  show();
  return vscode.Disposable.from(
    item,
    { dispose: store.watch(showSoon) },
    tenants.onDidChange(showSoon),
    view.onDidChangeVisibility(lookChanged),
    vscode.window.onDidChangeWindowState(lookChanged),
    { dispose: () => clearTimeout(timer) },
  );
}
