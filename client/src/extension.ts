import path from 'node:path';
import * as vscode from 'vscode';
import type { App, CommandModule } from './app';
import { historyProblem } from './jobs/describe';
import { registerResultLenses } from './jobs/resultLenses';
import { registerSentQueries } from './jobs/sentQueries';
import { JobTree } from './jobs/tree';
import { hasHistory, listUnfinished } from './jobs/unfinished';
import { startLanguageWhenNeeded } from './language';
import { createLog } from './log';
import type { Parts } from './parts';
import { showSetup } from './tenants/setup';

export interface Extension {
  /** What VS Code gives to other extensions and to tests; read-only. */
  readonly exports: { readonly jobTree: vscode.TreeDataProvider<unknown> };
  /** Ends what runs; everything that is only registered ends with the context's subscriptions. */
  stop(): Promise<void>;
}

/** Each command's own file, loaded when the command first runs. */
const commands: Readonly<Record<string, () => Promise<CommandModule>>> = {
  'zoql.submit': () => import('./jobs/commands/submit'),
  'zoql.submitFile': () => import('./jobs/commands/submitFile'),
  'zoql.submitQuery': () => import('./jobs/commands/submitQuery'),
  'zoql.refreshJobs': () => import('./jobs/commands/refreshJobs'),
  'zoql.refreshJob': () => import('./jobs/commands/refreshJob'),
  'zoql.copyId': () => import('./jobs/commands/copyId'),
  'zoql.openSource': () => import('./jobs/commands/openSource'),
  'zoql.openResult': () => import('./jobs/commands/openResult'),
  'zoql.saveResult': () => import('./jobs/commands/saveResult'),
  'zoql.cancelJob': () => import('./jobs/commands/cancelJob'),
  'zoql.sendAgain': () => import('./jobs/commands/sendAgain'),
  'zoql.adoptUnknown': () => import('./jobs/commands/adoptUnknown'),
  'zoql.giveUp': () => import('./jobs/commands/giveUp'),
  'zoql.adoptJob': () => import('./jobs/commands/adoptJob'),
  'zoql.lastStatefulJob': () => import('./jobs/commands/lastStatefulJob'),
  'zoql.removeJob': () => import('./jobs/commands/removeJob'),
  'zoql.signIn': () => import('./tenants/commands/signIn'),
  'zoql.signOut': () => import('./tenants/commands/signOut'),
  'zoql.selectTenant': () => import('./tenants/commands/selectTenant'),
  'zoql.showLog': () => import('./commands/showLog'),
  'zoql.openSettings': () => import('./commands/openSettings'),
  'zoql.explainProblem': () => import('./commands/explainProblem'),
};

/**
 * Builds the parts and joins them. At start-up that is little: the journal's folder is listed, and only where a job waits
 * for its end are the parts loaded that go on with it.
 */
export function start(context: vscode.ExtensionContext): Extension {
  const log = createLog();
  const journalFolder = path.join(context.globalStorageUri.fsPath, 'jobs');
  let loading: Promise<Parts> | undefined;
  const parts = () =>
    (loading ??= import('./parts').then(({ createParts }) => {
      const created = createParts({ context, log, journalFolder });
      lenses.use(created.store);
      return created;
    }));
  const lenses = registerResultLenses({
    loadHistory: async () => {
      if (await hasHistory(journalFolder)) await app.loadHistory();
    },
    log,
  });

  const language = startLanguageWhenNeeded({
    serverModule: vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs'),
    log,
  });
  const jobTree = new JobTree(async () => {
    const loaded = await parts();
    await showSetup(loaded.tenants, view, log);
    await app.loadHistory();
    await loaded.resume();
    return loaded.store;
  });
  const view = vscode.window.createTreeView('zoql.jobs', { treeDataProvider: jobTree, showCollapseAll: true });
  const app: App = {
    context,
    log,
    parts,
    async loadHistory() {
      const { store } = await parts();
      const loaded = await store.load();
      const unreadable = store.unreadable();
      view.message = historyProblem(loaded, unreadable.length) ?? '';
      for (const { key, reason } of unreadable) log.warn(`The job ${key} cannot be read: ${reason}`);
    },
    async reveal(node) {
      try {
        await view.reveal(node, { select: true, focus: false, expand: true });
      } catch (error) {
        log.warn(`The view could not show the job: ${String(error)}`); // Removed meanwhile, or the view is hidden for good.
      }
    },
  };

  const goOn = async () => {
    const unfinished = vscode.workspace.isTrusted ? await listUnfinished(journalFolder) : [];
    if (0 < unfinished.length) await (await parts()).resume();
  };
  goOn().catch((error: unknown) => log.error(String(error)));

  context.subscriptions.push(
    log,
    language,
    view,
    jobTree,
    registerSentQueries(),
    lenses,
    view.onDidChangeVisibility(({ visible }) => jobTree.showAges(visible)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void goOn()),
    ...Object.entries(commands).map(([id, load]) =>
      vscode.commands.registerCommand(id, async (...given: unknown[]) => (await load()).run(app, ...given)),
    ),
  );
  return {
    exports: { jobTree },
    async stop() {
      await Promise.all([language.stop(), loading?.then(loaded => loaded.dispose())]);
    },
  };
}
