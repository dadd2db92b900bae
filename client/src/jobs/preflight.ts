/**
 * The list that a person confirms a submit with, and the list of what can be mended before.
 *
 * What VS Code's list can do decides its shape: with check boxes Enter accepts all of it and no row has the focus at
 * first, so a row that does something acts on Enter only once somebody has moved to it; otherwise Enter sends. A second
 * list closes the first, hence the loop. Escape and any other list close it too, and then nothing is sent.
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
  confirmation: Confirmation;
  /** What the row with the focus is called, so that it has it again. */
  active: string | undefined;
  /** Done as soon as the list is back. */
  next: (() => Promise<void>) | undefined;
  readonly options: PreflightOptions;
}

type Step =
  /** Undefined: nothing goes out. */
  { readonly kind: 'end'; readonly plans: readonly JobPlan[] | undefined } | { readonly kind: ActionRow['action'] };

/** Shows what is about to be sent. Resolves to what was confirmed, or undefined: then nothing goes out. */
export async function preflight(options: PreflightOptions): Promise<readonly JobPlan[] | undefined> {
  const proposal = await options.propose();
  if (!proposal) return undefined;
  const state: State = { confirmation: firstConfirmation(proposal), active: undefined, next: undefined, options };
  for (;;) {
    const step = await showList(state);
    switch (step.kind) {
      case 'end':
        return step.plans;
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

let isOpen = false;

/** Gives the list the focus again, where there is one. */
export async function focusPreflight(): Promise<boolean> {
  if (isOpen) await vscode.commands.executeCommand('workbench.action.focusQuickOpen');
  return isOpen;
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
  let rows: readonly ConfirmationRow[] = [];
  let asking = false;
  let planning = 0;

  const draw = () => {
    const { confirmation } = state;
    const fresh = confirmationRows(confirmation);
    const active = list.activeItems[0]?.row.label ?? state.active;
    if (drawn(fresh) !== drawn(rows)) {
      rows = fresh;
      list.items = rows.map(toItem);
      list.activeItems = list.items.filter(({ row }) => row.kind !== 'heading' && row.label === active).slice(0, 1);
    }
    list.selectedItems = list.items.filter(({ row }) => isTicked(row, confirmation.choice));
    list.title = confirmationTitle(confirmation);
    const fixable = confirmation.findings.some(({ fixes }) => 0 < fixes.length);
    list.buttons = [...(fixable ? [fixAll] : []), ...(confirmation.plans.length === 0 ? [] : [preview, curl])];
  };
  const choose = (choice: Confirmation['choice']) => {
    state.confirmation = confirmationOf(state.confirmation.proposal, choice);
    draw();
  };
  const replanned = async () => {
    const turn = ++planning;
    const proposal = await state.options.propose();
    if (!proposal || turn !== planning) return;
    state.confirmation = carryOver(state.confirmation, proposal);
    draw();
  };
  const fix = async (finding: Finding, chosen: FindingFix) => {
    await applyFix(state, finding, chosen);
    draw();
  };

  list.canSelectMany = true;
  list.ignoreFocusOut = true; // Looking something up in a file must not throw the choice away.
  list.keepScrollPosition = true;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.placeholder = 'Enter sends what is ticked, Escape sends nothing';
  draw();

  return new Promise(resolve => {
    const leave = (step: Step) => {
      state.active = list.activeItems[0]?.row.label;
      resolve(step);
      list.hide();
    };
    const doAction = async (action: ActionRow['action']) => {
      // What needs a list of its own closes this one.
      if (action === 'fix' || 1 < state.confirmation.plans.length) leave({ kind: action });
      else await act(state, action);
    };
    const changeTicks = async (selected: readonly Item[]) => {
      const { choice } = state.confirmation;
      const settled = settleTicks(rows, new Set(selected.map(({ row }) => row)), choice);
      if (sameTicks(settled.choice.ticked, choice.ticked)) list.selectedItems = ticked();
      else choose(settled.choice);
      if (settled.action) return doAction(settled.action);
      if (settled.asked.length === 0 || asking) return;
      asking = true;
      if (await askToSubmitAnyway(settled.asked)) choose(allow(state.confirmation.choice, settled.asked));
      asking = false;
    };
    const ticked = () => list.items.filter(({ row }) => isTicked(row, state.confirmation.choice));
    const watching = state.options.watch(() => void replanned());

    list.onDidChangeSelection(selected => {
      const now = ticked();
      const same = selected.length === now.length && now.every(item => selected.includes(item));
      if (!same) void changeTicks(selected);
    });
    list.onDidTriggerButton(button => void doAction((button as ActionButton).action));
    list.onDidTriggerItemButton(({ item: { row }, button }) => {
      if (button instanceof FixButton) void fix(button.finding, button.fix);
      else if (row.kind !== 'query') return;
      else if (button === submitAnyway) choose(allow(state.confirmation.choice, [row]));
      else void openPlace(placeOf(row), { preserveFocus: true });
    });
    list.onDidAccept(() => {
      const active = list.activeItems[0]?.row;
      if (active?.kind === 'action') return void doAction(active.action);
      const [obstacle, ...more] = obstacles(state.confirmation);
      if (obstacle) return void sayObstacle(obstacle, more.length, fix);
      if (0 < state.confirmation.plans.length) leave({ kind: 'end', plans: state.confirmation.plans });
    });
    list.onDidHide(() => {
      isOpen = false;
      planning = Infinity;
      watching.dispose();
      resolve({ kind: 'end', plans: undefined }); // Does nothing after another end.
      list.dispose();
    });
    isOpen = true;
    list.show();
    const { next } = state;
    state.next = undefined;
    void next?.();
  });
}

/** Says why nothing was sent, with the ways out of it. */
async function sayObstacle(
  finding: Finding,
  more: number,
  fix: (finding: Finding, chosen: FindingFix) => Promise<void>,
): Promise<void> {
  const others = more === 0 ? '' : more === 1 ? ' There is one more finding.' : ` There are ${more} more findings.`;
  const fixes = finding.fixes.slice(0, 3);
  const message = `Nothing was sent. ${finding.message}${others}`;
  const choice = await vscode.window.showErrorMessage(message, ...fixes.map(({ title }) => title));
  const chosen = fixes.find(({ title }) => title === choice);
  if (chosen && isOpen) await fix(finding, chosen);
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

async function replan(state: State): Promise<void> {
  const proposal = await state.options.propose();
  if (proposal) state.confirmation = carryOver(state.confirmation, proposal);
}

/** The list must be there first: it takes the focus when it opens. */
async function whenOpen(state: State, action: () => Promise<void>): Promise<void> {
  if (isOpen) await action();
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

function sameTicks(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every(key => other.has(key));
}

/** Items are made anew only where they would look or act differently, so that the list stays where it is. */
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
