import path from 'node:path';
import * as vscode from 'vscode';
import type { App, CommandModule } from './app';
import { historyProblem, joined } from './jobs/describe';
import { registerPreviews } from './jobs/previews';
import { registerResultLenses } from './jobs/resultLenses';
import { registerSentQueries } from './jobs/sentQueries';
import { JobTree } from './jobs/tree';
import { hasHistory, listUnfinished } from './jobs/unfinished';
import { startLanguageWhenNeeded } from './language';
import { createLog } from './log';
import type { Parts } from './parts';
import { registerSchemaDocuments } from './schema/documents';
import { showSchema } from './schema/view';
import { connectMetadata } from './tenants/metadata/connect';
import { registerDiagnoses } from './tenants/diagnosis/documents';
import { showSetup } from './tenants/setup';

export interface Extension {
  /** What VS Code gives to other extensions and to tests; read-only. */
  readonly exports: {
    readonly jobTree: vscode.TreeDataProvider<unknown>;
    readonly schemaTree: vscode.TreeDataProvider<unknown>;
  };
  /** Ends what runs; everything that is only registered ends with the context's subscriptions. */
  stop(): Promise<void>;
}

/** Each command's own file, loaded when the command first runs. */
const commands: Readonly<Record<string, () => Promise<CommandModule>>> = {
  'zoql.submit': () => import('./jobs/commands/submit'),
  'zoql.submitFile': () => import('./jobs/commands/submitFile'),
  'zoql.submitQuery': () => import('./jobs/commands/submitQuery'),
  'zoql.submitGlob': () => import('./jobs/commands/submitGlob'),
  'zoql.previewRequest': () => import('./jobs/commands/previewRequest'),
  'zoql.copyAsCurl': () => import('./jobs/commands/copyAsCurl'),
  'zoql.refreshJobs': () => import('./jobs/commands/refreshJobs'),
  'zoql.refreshJob': () => import('./jobs/commands/refreshJob'),
  'zoql.filterJobs': () => import('./jobs/commands/filterJobs'),
  'zoql.clearJobFilter': () => import('./jobs/commands/clearJobFilter'),
  'zoql.searchJobs': () => import('./jobs/commands/searchJobs'),
  'zoql.showOlderJobs': () => import('./jobs/commands/showOlderJobs'),
  'zoql.copyId': () => import('./jobs/commands/copyId'),
  'zoql.copyOtherId': () => import('./jobs/commands/copyOtherId'),
  'zoql.openInZuora': () => import('./jobs/commands/openInZuora'),
  'zoql.pinJob': () => import('./jobs/commands/pinJob'),
  'zoql.unpinJob': () => import('./jobs/commands/unpinJob'),
  'zoql.editNote': () => import('./jobs/commands/editNote'),
  'zoql.openSource': () => import('./jobs/commands/openSource'),
  'zoql.openResult': () => import('./jobs/commands/openResult'),
  'zoql.saveResult': () => import('./jobs/commands/saveResult'),
  'zoql.cancelJob': () => import('./jobs/commands/cancelJob'),
  'zoql.sendAgain': () => import('./jobs/commands/sendAgain'),
  'zoql.resubmitAsSent': () => import('./jobs/commands/resubmitAsSent'),
  'zoql.resubmitEdited': () => import('./jobs/commands/resubmitEdited'),
  'zoql.resubmitFailed': () => import('./jobs/commands/resubmitFailed'),
  'zoql.showJob': () => import('./jobs/commands/showJob'),
  'zoql.adoptUnknown': () => import('./jobs/commands/adoptUnknown'),
  'zoql.giveUp': () => import('./jobs/commands/giveUp'),
  'zoql.adoptJob': () => import('./jobs/commands/adoptJob'),
  'zoql.lastStatefulJob': () => import('./jobs/commands/lastStatefulJob'),
  'zoql.removeJob': () => import('./jobs/commands/removeJob'),
  'zoql.setIncrementalTime': () => import('./jobs/commands/setIncrementalTime'),
  'zoql.statefulProfile': () => import('./jobs/commands/statefulProfile'),
  'zoql.removeOldJobs': () => import('./jobs/commands/removeOldJobs'),
  'zoql.exportHistory': () => import('./jobs/commands/exportHistory'),
  'zoql.signIn': () => import('./tenants/commands/signIn'),
  'zoql.signOut': () => import('./tenants/commands/signOut'),
  'zoql.selectTenant': () => import('./tenants/commands/selectTenant'),
  'zoql.addTenant': () => import('./tenants/commands/addTenant'),
  'zoql.editTenant': () => import('./tenants/commands/editTenant'),
  'zoql.removeTenant': () => import('./tenants/commands/removeTenant'),
  'zoql.testConnection': () => import('./tenants/commands/testConnection'),
  'zoql.diagnoseConnection': () => import('./tenants/commands/diagnoseConnection'),
  'zoql.refreshMetadata': () => import('./tenants/commands/refreshMetadata'),
  'zoql.searchSchema': () => import('./schema/commands/searchSchema'),
  'zoql.insertName': () => import('./schema/commands/insertName'),
  'zoql.newQuery': () => import('./schema/commands/newQuery'),
  'zoql.copyName': () => import('./schema/commands/copyName'),
  'zoql.openTable': () => import('./schema/commands/openTable'),
  'zoql.exportSnapshot': () => import('./schema/commands/exportSnapshot'),
  'zoql.compareSchemas': () => import('./schema/commands/compareSchemas'),
  'zoql.checkAgainstSchema': () => import('./schema/commands/checkAgainstSchema'),
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
  const leaseFolder = path.join(context.globalStorageUri.fsPath, 'leases');
  const metadataFolder = path.join(context.globalStorageUri.fsPath, 'metadata');
  let loading: Promise<Parts> | undefined;
  const parts = () => (loading ??= loadParts());
  const loadParts = async (): Promise<Parts> => {
    const [
      { createParts },
      { showStatusBar },
      { notifyOfEnds },
      { showJobDiagnostics },
      { rememberRefused },
      { openTeamFiles },
      { systemClock },
    ] = await Promise.all([
      import('./parts'),
      import('./jobs/statusBar'),
      import('./jobs/notify'),
      import('./jobs/diagnostics'),
      import('./jobs/rememberRefused'),
      import('./tenants/teamFiles'),
      import('./zuora/clock'),
    ]);
    const teamFiles = await openTeamFiles();
    const created = createParts({ context, log, journalFolder, leaseFolder, metadataFolder, teamFiles });
    const { store, tenants } = created;
    lenses.use(store);
    context.subscriptions.push(
      showStatusBar({ store, tenants, view, memory: context.globalState }),
      notifyOfEnds(app, store),
      showJobDiagnostics({ parts: created, log }),
      new vscode.Disposable(
        rememberRefused({
          store,
          metadata: created.metadata,
          catalogue: scope => created.catalogue(scope),
          clock: systemClock,
          onError: error => log.warn(String(error)),
        }),
      ),
    );
    return created;
  };
  const lenses = registerResultLenses({
    loadHistory: async () => {
      if (await hasHistory(journalFolder)) await app.loadHistory();
    },
    log,
  });

  const language = startLanguageWhenNeeded({
    serverModule: vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs'),
    log,
    onRunning: link => connectMetadata({ link, parts, log }),
  });
  const jobTree = new JobTree(async () => {
    const loaded = await parts();
    await showSetup(loaded.tenants, view, log);
    app.loadHistory().catch((error: unknown) => log.error(String(error)));
    await loaded.store.load('newest');
    await loaded.resume();
    return { jobs: loaded.store, tenants: loaded.tenants };
  });
  const view = vscode.window.createTreeView('zoql.jobs', { treeDataProvider: jobTree, showCollapseAll: true });
  const schema = showSchema({ parts, log });
  /** What of the history cannot be read. */
  let problem: string | undefined;
  const showMessage = () => {
    const filter = jobTree.filterMessage();
    view.message = joined(' ', [filter, problem]);
    void vscode.commands.executeCommand('setContext', 'zoql.filtered', filter !== undefined);
  };
  const app: App = {
    context,
    log,
    parts,
    tree: jobTree,
    schema,
    async loadHistory() {
      const { store } = await parts();
      const loaded = await store.load('all');
      const unreadable = store.unreadable();
      problem = historyProblem(loaded, unreadable.length);
      showMessage();
      for (const { key, reason } of unreadable) log.warn(`The job ${key} cannot be read: ${reason}`);
    },
    async reveal(node, { focus = false } = {}) {
      try {
        if (node.kind === 'job' || node.kind === 'batch') await jobTree.uncover(node.key);
        await view.reveal(node, { select: true, focus, expand: true });
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
    schema,
    registerSchemaDocuments(parts),
    registerSentQueries(),
    registerPreviews({
      open: async key => (await parts()).store.open(key),
      signInOf: async scope => (await parts()).tenants.find(scope)?.signIn,
    }),
    registerDiagnoses(),
    lenses,
    view.onDidChangeVisibility(({ visible }) => jobTree.showAges(visible)),
    jobTree.onDidChangeFilter(showMessage),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void goOn()),
    ...Object.entries(commands).map(([id, load]) =>
      vscode.commands.registerCommand(id, async (...given: unknown[]) => (await load()).run(app, ...given)),
    ),
  );
  return {
    exports: { jobTree, schemaTree: schema.tree },
    async stop() {
      await Promise.all([language.stop(), loading?.then(loaded => loaded.dispose())]);
    },
  };
}
