// Everything that knows of jobs, tenants and the network, made together when the first of it is needed.
import { randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { createCatalogue, withTenant, type Catalogue, type CatalogueData } from '../../server/src/zoql/index';
import { networkSettingsOfWorkspace, readRequestSettings, readTenants } from './config';
import { openJournal } from './jobs/journal';
import { openLeases } from './jobs/leases';
import { createPoller, type Poller } from './jobs/poller';
import { openStore, type JobStore } from './jobs/store';
import { createSubmitter, type Submitter } from './jobs/submit';
import { thisWindow } from './jobs/windows';
import { followSnapshot, type FollowedSnapshot } from './schema/followSnapshot';
import { activeScope } from './tenants/metadata/activeScope';
import { openMetadataCache, scopeKey, type MetadataScope } from './tenants/metadata/cache';
import { factsOf } from './tenants/metadata/facts';
import { createMetadata, type Metadata } from './tenants/metadata/metadata';
import type { TeamFiles } from './tenants/teamFiles';
import { createTenants, type Tenants } from './tenants/tenants';
import { faultSentence, skewSentence } from './words';
import { createZuoraClient, type ZuoraClient } from './zuora/aqua';
import { createTokenSource } from './zuora/auth';
import { systemClock } from './zuora/clock';
import { failed, type Failure } from './zuora/outcome';
import { skewWatch } from './zuora/skew';
import { requestLine, type Transport } from './zuora/transport';

export interface Parts {
  readonly tenants: Tenants;
  readonly transport: Transport;
  readonly client: ZuoraClient;
  readonly store: JobStore;
  readonly submitter: Submitter;
  readonly poller: Poller;
  readonly metadata: Metadata;
  /** Whose objects queries are written for now. */
  activeScope(): MetadataScope | undefined;
  /** Calls back when that may be another, or when its tenant may be asked as it could not be before. */
  watchScope(changed: () => void): vscode.Disposable;
  /** The snapshot that the setting `zoql.schemaSnapshot` names. */
  readonly snapshot: FollowedSnapshot;
  /**
   * Names of objects and fields: what the tenant has described, by default the active one, over the snapshot, over the
   * bundled ones.
   */
  catalogue(scope?: MetadataScope): Promise<Catalogue>;
  bundledCatalogue(): Promise<Catalogue>;
  /** Calls back when `catalogue` may be another. */
  watchCatalogue(changed: () => void): vscode.Disposable;
  /** Goes on with jobs that have no end yet, as soon as the workspace is trusted. */
  resume(): Promise<void>;
  dispose(): void;
}

export interface PartsOptions {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  /** The folder that remembers the jobs. */
  readonly journalFolder: string;
  /** The folder that says which window polls. Not within the journal's, which every window watches. */
  readonly leaseFolder: string;
  /** The folder that remembers what tenants have described. */
  readonly metadataFolder: string;
  readonly teamFiles: TeamFiles;
}

export function createParts({
  context,
  log,
  journalFolder,
  leaseFolder,
  metadataFolder,
  teamFiles,
}: PartsOptions): Parts {
  const clock = systemClock;
  const random = Math.random;
  const transport: Transport = {
    clock,
    log: entry => log.info(requestLine(entry)),
    mayConnect: () => vscode.workspace.isTrusted,
    settingsOfWorkspace: networkSettingsOfWorkspace,
    onSkew: skewWatch((origin, skew) => log.warn(skewSentence(skew, origin))),
  };
  const tenants = createTenants({
    setting: readTenants,
    team: () => teamFiles.tenants(),
    variables: process.env,
    secrets: context.secrets,
    memory: context.workspaceState,
    ownMemory: context.globalState,
    credentialsChanged: (tenant, origin) => {
      tokens.forget(tenant, origin);
      poller.resume(tenant);
      submitter.recover();
    },
  });
  const tokens = createTokenSource({ transport, random, credentialsFor: scope => tenants.credentialsFor(scope) });
  const client = createZuoraClient({
    transport,
    tokens,
    random,
    onLimits: (scope, limits) => poller.heed(scope, limits),
  });
  const store = openStore({
    journal: openJournal(journalFolder),
    clock,
    randomBytes,
    onDiskFault: fault => {
      log.error(`The list of jobs cannot be written: ${fault.message}`);
      void vscode.window.showErrorMessage(faultSentence(fault, 'state'));
    },
  });
  const writer = thisWindow();
  const submitter = createSubmitter({ store, client, clock, random, newIdempotencyKey: randomUUID, writer });
  const isFocused = () => vscode.window.state.focused;
  const leases = openLeases({ folder: leaseFolder, clock, writer, isFocused });
  const poller = createPoller({
    store,
    client,
    leases,
    clock,
    random,
    permission: {
      isEnabled: () => vscode.workspace.getConfiguration('zoql').get<unknown>('polling.enabled') !== false,
      mayAsk: async scope => (vscode.workspace.isTrusted ? tenants.credentialsFor(scope) : failed(untrusted)),
    },
    focus: {
      isFocused,
      watch(listener) {
        const watched = vscode.window.onDidChangeWindowState(listener);
        return () => void watched.dispose();
      },
    },
  });
  const watching = vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration('zoql.polling.enabled')) poller.resumeAll();
    if (event.affectsConfiguration('zoql.tenants')) reloadTenants();
  });
  const watchingTeam = teamFiles.onDidChange(reloadTenants);
  const metadata = createMetadata({
    client,
    clock,
    cache: openMetadataCache(metadataFolder, error =>
      log.warn(`What the tenant described is not kept: ${String(error)}`),
    ),
    mayAsk: async scope =>
      vscode.workspace.isTrusted &&
      vscode.workspace.getConfiguration('zoql').get<unknown>('metadata.enabled') !== false &&
      (await tenants.credentialsFor(scope)).ok,
  });
  const scopeNow = () => activeScope(tenants, readRequestSettings());
  let bundled: Promise<Catalogue> | undefined;
  const snapshot = followSnapshot();
  /** Tenants' catalogues until one learns more: an object's fields are put together when they are first asked for. */
  const layered = new Map<string, Promise<Catalogue>>();
  metadata.onDidChange(() => layered.clear());
  snapshot.onDidChange(() => layered.clear());
  let resumed: Promise<void> | undefined;

  return {
    tenants,
    transport,
    client,
    store,
    submitter,
    poller,
    metadata,
    snapshot,
    activeScope: scopeNow,
    watchScope,
    catalogue(scope = scopeNow()) {
      const key = scope ? scopeKey(scope) : '';
      let catalogue = layered.get(key);
      if (!catalogue) layered.set(key, (catalogue = catalogueOf(scope)));
      return catalogue;
    },
    bundledCatalogue,
    watchCatalogue(changed) {
      return vscode.Disposable.from(watchScope(changed), metadata.onDidChange(changed), snapshot.onDidChange(changed));
    },
    async resume() {
      if (!vscode.workspace.isTrusted) return;
      await (resumed ??= goOn());
    },
    dispose() {
      watching.dispose();
      watchingTeam.dispose();
      teamFiles.dispose();
      snapshot.dispose();
      metadata.dispose();
      submitter.dispose();
      poller.dispose();
      leases.dispose();
      store.dispose();
      tenants.dispose();
    },
  };

  function reloadTenants(): void {
    tenants.reload();
    // A job may have waited for a tenant that is there again.
    for (const { name } of tenants.all()) poller.resume(name);
  }

  function watchScope(changed: () => void): vscode.Disposable {
    return vscode.Disposable.from(
      tenants.onDidChange(changed),
      vscode.workspace.onDidChangeConfiguration(event => {
        const settings = ['zoql.request.entityIds', 'zoql.metadata.enabled'];
        if (settings.some(setting => event.affectsConfiguration(setting))) changed();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(changed),
    );
  }

  function bundledCatalogue(): Promise<Catalogue> {
    return (bundled ??= readCatalogue(context.extensionUri));
  }

  async function catalogueOf(scope: MetadataScope | undefined): Promise<Catalogue> {
    const facts = await bundledCatalogue();
    const ofFile = snapshot.current();
    const below = ofFile?.ok ? withTenant(facts, ofFile.facts) : facts;
    return scope ? withTenant(facts, factsOf(scope.tenant, await metadata.known(scope)), below) : below;
  }

  async function goOn(): Promise<void> {
    const loaded = await store.loadUnfinished();
    if (!loaded.ok) log.error(`The list of jobs cannot be read: ${loaded.fault.message}`);
    submitter.recover();
    poller.start();
  }
}

const untrusted: Failure = { kind: 'untrusted', message: 'the workspace is not trusted' };

async function readCatalogue(extensionUri: vscode.Uri): Promise<Catalogue> {
  const file = vscode.Uri.joinPath(extensionUri, 'dist', 'catalogue.data.json');
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return createCatalogue(JSON.parse(text) as CatalogueData);
}
