/**
 * The list that a person confirms a submit with, and the list of what can be mended before.
 *
 * What VS Code's list can do decides its shape. With check boxes Enter accepts all of it and no row has the focus at
 * first, so a row that does something acts on Enter only once somebody has moved to it; otherwise Enter sends. New items
 * in an open list make VS Code report that nothing is ticked (1.139), as if a person had done it, so a list whose rows
 * change is replaced by a new one. A new list takes the focus, so it never comes because of what is typed elsewhere: then
 * Enter brings it. Escape and any other list close ours, and then nothing is sent.
 */
import * as vscode from 'vscode';
import { editFile, openPlace, openSetting, setSetting } from './applyFix';
import {
  allow,
  carryOver,
  confirmationOf,
  confirmationRows,
  confirmationTitle,
  faultOf,
  firstConfirmation,
  fixRows,
  isFaulty,
  isTicked,
  obstacles,
  settleTicks,
  untick,
  weightIcons,
  type ActionRow,
  type Confirmation,
  type ConfirmationRow,
  type FixRow,
  type QueryRow,
} from './confirmation';
import type { Finding, FindingFix } from './findings';
import type { JobPlan } from './model';
import type { Proposal } from './proposal';
import { copyAsCurl, showPreview } from './previews';

export interface PreflightOptions {
  /** Reads files and settings as they are now. Undefined after saying why there is nothing to submit. */
  propose(): Promise<Proposal | undefined>;
  /** Calls back when files or settings of the proposal change. */
  watch(changed: () => void): vscode.Disposable;
}

/** What the lists share while one closes and the other opens. */
interface State {
  readonly options: PreflightOptions;
  confirmation: Confirmation;
  /** Files or settings have changed since they were read. */
  stale: boolean;
  /** A person is being asked whether wrong queries go out. */
  asking: boolean;
  /** The label of the row with the focus, and what was typed, so that the next list has them again. */
  active: string | undefined;
  typed: string;
  /** Draws the open list anew. */
  draw: () => void;
  /** Done as soon as a list is back. */
  next: (() => Promise<void>) | undefined;
}

type Step =
  /** Undefined: nothing goes out. */
  | { readonly kind: 'end'; readonly plans: readonly JobPlan[] | undefined }
  /** The rows are others now. */
  | { readonly kind: 'again' }
  | { readonly kind: ActionRow['action'] };

/** Shows what is about to be sent. Resolves to what was confirmed, or undefined: then nothing goes out. */
export async function preflight(options: PreflightOptions): Promise<readonly JobPlan[] | undefined> {
  const proposal = await options.propose();
  if (!proposal) return undefined;
  const state: State = {
    options,
    confirmation: firstConfirmation(proposal),
    stale: false,
    asking: false,
    active: undefined,
    typed: '',
    draw: () => undefined,
    next: undefined,
  };
  const watching = options.watch(() => {
    if (state.stale) return;
    state.stale = true;
    state.draw();
  });
  try {
    return await confirmed(state);
  } finally {
    watching.dispose();
  }
}

async function confirmed(state: State): Promise<readonly JobPlan[] | undefined> {
  for (;;) {
    const step = await showList(state);
    switch (step.kind) {
      case 'end':
        return step.plans;
      case 'again':
        break;
      case 'fix':
        await showFixes(state);
        break;
      case 'preview':
      case 'curl':
        await act(state, step.kind);
        break;
    }
  }
}

/** The list that can be seen. What VS Code still tells of one before it counts no more. */
let shown: vscode.QuickPick<Item> | undefined;

/** Gives the list the focus again, where there is one. */
export async function focusPreflight(): Promise<boolean> {
  if (shown) await vscode.commands.executeCommand('workbench.action.focusQuickOpen');
  return shown !== undefined;
}

interface Item extends vscode.QuickPickItem {
  readonly row: ConfirmationRow;
}

interface ActionButton extends vscode.QuickInputButton {
  readonly action: ActionRow['action'];
}

const fixAll: ActionButton = {
  action: 'fix',
  iconPath: new vscode.ThemeIcon('lightbulb'),
  tooltip: 'Fix Findings…',
};
const preview: ActionButton = {
  action: 'preview',
  iconPath: new vscode.ThemeIcon('open-preview'),
  tooltip: 'Preview Request',
};
const curl: ActionButton = {
  action: 'curl',
  iconPath: new vscode.ThemeIcon('terminal'),
  tooltip: 'Copy as cURL',
};
const submitAnyway: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('warning'),
  tooltip: 'Submit Anyway',
};
const goToQuery: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('go-to-file'),
  tooltip: 'Go to Query',
};

/** Of a row's button: applies the best fix of its finding. */
class FixButton implements vscode.QuickInputButton {
  readonly iconPath = new vscode.ThemeIcon('lightbulb');
  readonly tooltip: string;

  constructor(
    readonly finding: Finding,
    readonly fix: FindingFix,
  ) {
    this.tooltip = fix.title;
  }
}

function showList(state: State): Promise<Step> {
  const list = vscode.window.createQuickPick<Item>();
  const rows = confirmationRows(state.confirmation);
  const items = rows.map(toItem);
  const ticked = () => items.filter(({ row }) => isTicked(row, state.confirmation.choice));
  list.canSelectMany = true;
  list.ignoreFocusOut = true; // Looking something up in a file must not throw the choice away.
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.placeholder = 'Enter sends what is ticked, Escape sends nothing';
  list.value = state.typed;
  list.items = items;
  list.activeItems = items.filter(({ row }) => row.kind !== 'heading' && row.label === state.active).slice(0, 1);

  return new Promise(resolve => {
    const leave = (step: Step) => {
      if (shown !== list) return; // Closed meanwhile, which has ended it.
      state.active = list.activeItems[0]?.row.label;
      state.typed = step.kind === 'again' ? list.value : '';
      state.draw = () => undefined;
      shown = undefined;
      resolve(step);
      list.hide();
    };
    const draw = () => {
      const { confirmation } = state;
      if (drawn(confirmationRows(confirmation)) !== drawn(rows)) return leave({ kind: 'again' });
      list.selectedItems = ticked();
      list.title = confirmationTitle(confirmation) + (state.stale ? ' (edited since: Enter reads again)' : '');
      const fixable = confirmation.findings.some(({ fixes }) => 0 < fixes.length);
      list.buttons = [...(fixable ? [fixAll] : []), ...(confirmation.plans.length === 0 ? [] : [preview, curl])];
    };
    const changeTicks = async (selected: ReadonlySet<ConfirmationRow>) => {
      const { asked, action, choice } = settleTicks(rows, selected, state.confirmation.choice);
      choose(state, choice);
      if (action) return doAction(action);
      if (asked.length === 0 || state.asking) return;
      state.asking = true;
      if (await askToSubmitAnyway(asked)) choose(state, allow(state.confirmation.choice, asked));
      state.asking = false;
    };
    const doAction = async (action: ActionRow['action']) => {
      // What needs a list of its own closes this one.
      if (action === 'fix' || 1 < state.confirmation.plans.length) leave({ kind: action });
      else await act(state, action);
    };
    const accept = async () => {
      const active = list.activeItems[0]?.row;
      if (active?.kind === 'action') return doAction(active.action);
      if (state.stale) {
        list.busy = true;
        await replan(state);
        list.busy = false;
        if (state.stale || drawn(confirmationRows(state.confirmation)) !== drawn(rows)) return state.draw();
      }
      const [obstacle, ...more] = obstacles(state.confirmation);
      if (obstacle) return sayObstacle(state, obstacle, more.length);
      if (0 < state.confirmation.plans.length) leave({ kind: 'end', plans: state.confirmation.plans });
    };

    list.onDidChangeSelection(selected => {
      if (shown !== list) return;
      const now = ticked();
      const same = selected.length === now.length && now.every(item => selected.includes(item));
      if (!same) void changeTicks(new Set(selected.map(({ row }) => row)));
    });
    list.onDidTriggerButton(button => void doAction((button as ActionButton).action));
    list.onDidTriggerItemButton(({ item: { row }, button }) => {
      if (button instanceof FixButton) void fixInPlace(state, button.finding, button.fix);
      else if (row.kind !== 'query') return;
      else if (button === submitAnyway) choose(state, allow(state.confirmation.choice, [row]));
      else void openPlace(placeOf(row), { preserveFocus: true });
    });
    list.onDidAccept(() => void accept());
    list.onDidHide(() => {
      if (shown === list) {
        shown = undefined;
        state.draw = () => undefined;
      }
      resolve({ kind: 'end', plans: undefined }); // Does nothing after another end.
      list.dispose();
    });
    state.draw = draw;
    shown = list;
    draw();
    list.show();
    const { next } = state;
    state.next = undefined;
    void next?.();
  });
}

function choose(state: State, choice: Confirmation['choice']): void {
  state.confirmation = confirmationOf(state.confirmation.proposal, choice);
  state.draw();
}

/** Without the list of fixes. */
async function fixInPlace(state: State, finding: Finding, fix: FindingFix): Promise<void> {
  await applyFix(state, finding, fix);
  state.draw();
}

/** Says why nothing was sent, with the ways out of it. */
async function sayObstacle(state: State, finding: Finding, more: number): Promise<void> {
  const others = more === 0 ? '' : more === 1 ? ' There is one more finding.' : ` There are ${more} more findings.`;
  const fixes = finding.fixes.slice(0, 3);
  const message = `Nothing was sent. ${finding.message}${others}`;
  const choice = await vscode.window.showErrorMessage(message, ...fixes.map(({ title }) => title));
  const chosen = fixes.find(({ title }) => title === choice);
  // The message may be answered long after, when the list is gone or the finding is mended in another way.
  const stands = obstacles(state.confirmation).some(
    ({ code, query }) => code === finding.code && query === finding.query,
  );
  if (chosen && shown && stands) await fixInPlace(state, finding, chosen);
}

/** The list of what can be done about the findings. Enter does it. */
async function showFixes(state: State): Promise<void> {
  const list = vscode.window.createQuickPick<FixItem>();
  list.title = 'Fix findings';
  list.placeholder = 'Enter does it and goes back to the queries';
  list.ignoreFocusOut = true;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.buttons = [vscode.QuickInputButtons.Back];
  list.items = fixRows(state.confirmation.findings).map(toFixItem);
  const chosen = await new Promise<FixRow | undefined>(resolve => {
    list.onDidAccept(() => {
      resolve(list.activeItems[0]?.row);
      list.hide();
    });
    list.onDidTriggerButton(() => list.hide());
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
  if (chosen) await applyFix(state, chosen.finding, chosen.fix);
}

interface FixItem extends vscode.QuickPickItem {
  readonly row: FixRow;
}

function toFixItem(row: FixRow): FixItem {
  const { finding, fix, first } = row;
  const { query, message, weight } = finding;
  return {
    row,
    label: `$(lightbulb) ${plain(fix.title)}`,
    description: plain(query ?? ''),
    ...(first ? { detail: `$(${weightIcons[weight]}) ${plain(message)}` } : {}),
  };
}

/** Does what a fix says; what it has changed is planned anew, with the ticks as they were. */
async function applyFix(state: State, finding: Finding, fix: FindingFix): Promise<void> {
  const { proposal, choice } = state.confirmation;
  switch (fix.kind) {
    case 'untick':
      state.confirmation = confirmationOf(proposal, untick(choice, proposal, fix.queries));
      return;
    case 'split':
      state.confirmation = confirmationOf(proposal, { ...choice, split: true });
      return;
    case 'set-setting':
      await setSetting(fix, finding.setting);
      return replan(state);
    case 'edit':
      await editFile(fix, proposal.documents);
      return replan(state);
    case 'open':
      return whenOpen(state, () => openPlace(fix));
    case 'open-setting':
      return whenOpen(state, () => openSetting(fix.setting));
  }
}

/** Where nothing can be read, which has been said, the choice stays as it was. */
async function replan(state: State): Promise<void> {
  state.stale = false;
  const proposal = await state.options.propose();
  if (proposal) state.confirmation = carryOver(state.confirmation, proposal);
  else state.stale = true;
}

/** The list must be there first: it takes the focus when it opens. */
async function whenOpen(state: State, action: () => Promise<void>): Promise<void> {
  if (shown) await action();
  else state.next = action;
}

async function act(state: State, action: 'preview' | 'curl'): Promise<void> {
  const plan = await onePlan(state.confirmation.plans);
  if (plan) await (action === 'preview' ? showPreview(plan, { preserveFocus: true }) : copyAsCurl(plan));
}

/** Of a split, the job that a person picks. */
async function onePlan(plans: readonly JobPlan[]): Promise<JobPlan | undefined> {
  if (plans.length <= 1) return plans[0];
  const items = plans.map((plan, place) => ({
    label: `Job ${place + 1} of ${plans.length}`,
    description: `${plan.queries.length} queries, from ${plan.queries[0]?.name ?? ''}`,
    plan,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which of the jobs?' }))?.plan;
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
        ...rows.map(row => `${row.label}: ${faultOf(row)}`),
        'If Zuora sees the same error it refuses the whole job. Zuora publishes no grammar, so this check can be wrong.',
      ].join('\n\n'),
    },
    'Submit Anyway',
  );
  return answer === 'Submit Anyway';
}

function placeOf({ entry: { source } }: QueryRow): { readonly uri: string; readonly offset: number } {
  return { uri: source.uri, offset: source.range.start };
}

/** What a person sees of the rows, and what acts on them. */
function drawn(rows: readonly ConfirmationRow[]): string {
  return JSON.stringify(rows);
}

function toItem(row: ConfirmationRow): Item {
  switch (row.kind) {
    case 'heading':
      return { row, label: row.label, kind: vscode.QuickPickItemKind.Separator };
    case 'query': {
      const [gravest] = row.findings;
      const icon = gravest && gravest.weight !== 'notes' ? `$(${weightIcons[gravest.weight]}) ` : '';
      const found = row.findings.map(({ weight, message }) => `$(${weightIcons[weight]}) ${plain(message)}`);
      return {
        row,
        label: `${icon}${plain(row.label)}`,
        description: plain(row.description),
        detail: [...found, plain(row.detail)].join(' · '),
        buttons: [...(isFaulty(row) ? [submitAnyway] : []), ...fixButton(row.findings), goToQuery],
      };
    }
    case 'fact':
      return {
        row,
        label: `$(${row.icon}) ${plain(row.label)}`,
        description: plain(row.description),
        ...(row.detail === undefined ? {} : { detail: plain(row.detail) }),
      };
    case 'finding':
      return {
        row,
        label: `$(${weightIcons[row.finding.weight]}) ${plain(row.label)}`,
        description: plain(row.description),
        buttons: fixButton([row.finding]),
      };
    case 'action':
      return { row, label: `$(${row.icon}) ${plain(row.label)}`, description: plain(row.description) };
    case 'left-out':
      return { row, label: `$(circle-slash) ${plain(row.label)}`, description: plain(row.description) };
  }
}

/** The best fix that changes something; showing the place has a button of its own. */
function fixButton(findings: readonly Finding[]): FixButton[] {
  const finding = findings.find(({ fixes }) => fixes.some(({ kind }) => kind !== 'open'));
  const fix = finding?.fixes.find(({ kind }) => kind !== 'open');
  return finding && fix ? [new FixButton(finding, fix)] : [];
}

/** Names and addresses are data: `$(name)` in them must not become an icon. */
function plain(text: string): string {
  return text.replace(/\$\(/g, '$\u200b(');
}
