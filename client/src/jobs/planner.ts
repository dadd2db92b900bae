// From what a submit takes to what is proposed, and again after a change: with the same files, as they are now.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { contextOf } from '../../../server/src/settings';
import type { App } from '../app';
import { readRequestSettings, readServerSettings, requestSettingsOfWorkspace } from '../config';
import { withLateProgress } from '../progress';
import { scopeOf } from '../tenants/metadata/activeScope';
import { ownZone } from './dataCenterTime';
import { circumstancesOf } from './circumstances';
import { collectFiles, collectOpenDocuments, type Collected } from './collect';
import type { ConfirmedTenant } from './confirmation';
import { filesOf } from './fileSearch';
import { lastJobOf } from './lastJob';
import type { JobLineage } from './model';
import { createPlan, planOf, type OpenDocument, type Plan } from './plan';
import type { PreflightOptions } from './preflight';
import { propose, type MoreFindings, type ProposalInput } from './proposal';
import { settingsFor } from './settings';
import { touchedStatements } from './touched';

/** What a submit takes. */
export type SubmitSource =
  /** Every open ZOQL document. */
  | { readonly kind: 'open' }
  /** Files and folders that were chosen: in the explorer, by a pattern, or the one in the editor. */
  | {
      readonly kind: 'files';
      readonly uris: readonly vscode.Uri[];
      /** What they were chosen by, in words. */
      readonly of?: string;
    }
  /** The statements of one document that a selection touches; a cursor is an empty selection. */
  | {
      readonly kind: 'statements';
      readonly document: vscode.TextDocument;
      readonly selections: readonly vscode.Range[];
    };

export interface PlannerOptions {
  readonly more?: MoreFindings;
  /** Of a job that is made anew. */
  readonly lineage?: JobLineage;
  /** Takes of the plan of all statements what is wanted; by default all, or those that are selected. */
  readonly narrow?: (plan: Plan, documents: readonly OpenDocument[]) => Pick<ProposalInput, 'queries' | 'gone'>;
}

/**
 * Plans a source for the preflight. What it takes is settled when it plans for the first time: files that are opened
 * later to look something up do not join.
 */
export function createPlanner(
  app: App,
  source: SubmitSource,
  tenant: ConfirmedTenant,
  { more = () => [], lineage, narrow }: PlannerOptions = {},
): PreflightOptions {
  // What is made once, so that a request stays the same while it is looked at.
  const variables = { now: new Date(), uuid: randomUUID() };
  const groupId = randomUUID();
  const statements = source.kind === 'statements' ? touched(source) : undefined;
  let files: readonly vscode.Uri[] | undefined;

  return {
    async propose() {
      const collected = await collectWithProgress(source, files);
      if (!collected) return undefined;
      const read = readable(app, collected, source);
      if (!read) return undefined;
      const { documents, notZoql } = read;
      files ??= [...documents.map(({ uri }) => vscode.Uri.parse(uri, true))];
      const parts = await app.parts();
      // A job that is made anew goes to its own tenant, whichever is the active one.
      const catalogue = await parts.catalogue(scopeOf(tenant, readRequestSettings()));
      const all = createPlan(documents, contextOf(readServerSettings(), catalogue));
      const plan = statements ? planOf(all, statements) : all;
      const { queries, gone } = narrow?.(plan, documents) ?? { queries: plan.queries, gone: [] };
      if (queries.length === 0) {
        sayNoQuery({ all, plan, notZoql, gone });
        return undefined;
      }
      const settings = settingsFor(tenant, readRequestSettings());
      const circumstances = await circumstancesOf(parts.store, tenant);
      return propose({
        tenant,
        of: inWords(source, documents),
        settings,
        ofWorkspace: requestSettingsOfWorkspace(),
        queries,
        documents,
        zone: ownZone(),
        lastJob: await lastJobOf(app, settings, tenant),
        withoutStatement: narrow ? [] : plan.withoutStatement,
        notZoql,
        gone,
        variables,
        groupId,
        more: plans => [...more(plans), ...circumstances(plans)],
        ...(lineage && { lineage }),
      });
    },
    watch(changed) {
      const isOurs = (uri: vscode.Uri) => files?.some(file => file.toString() === uri.toString()) ?? false;
      return vscode.Disposable.from(
        vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
          if (0 < contentChanges.length && isOurs(document.uri)) changed();
        }),
        vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('zoql') && changed()),
      );
    },
  };
}

/** Undefined where a person has canceled the reading. */
async function collectWithProgress(
  source: SubmitSource,
  known: readonly vscode.Uri[] | undefined,
): Promise<Collected | undefined> {
  return withLateProgress('Reading ZOQL files', async (signal, report) => {
    const reading = { signal, report };
    const collected = known ? await collectFiles(known, reading) : await collectFrom(source, reading);
    return signal.aborted ? undefined : collected;
  });
}

async function collectFrom(
  source: SubmitSource,
  reading: { readonly signal: AbortSignal; readonly report: (words: string) => void },
): Promise<Collected> {
  switch (source.kind) {
    case 'open':
      return collectOpenDocuments(reading);
    case 'files': {
      const canceled = new vscode.CancellationTokenSource();
      reading.signal.addEventListener('abort', () => canceled.cancel());
      return collectFiles(await filesOf(source.uris, canceled.token), reading);
    }
    case 'statements':
      return collectFiles([source.document.uri], reading);
  }
}

type Read = Extract<Collected, { readonly ok: true }>;

/** What was collected, or undefined after saying why there is nothing to plan. */
function readable(app: App, collected: Collected, source: SubmitSource): Read | undefined {
  if (!collected.ok) {
    const files = collected.unreadable.map(({ relativePath }) => relativePath).join(', ');
    for (const { uri, reason } of collected.unreadable) app.log.error(`${uri.toString()} cannot be read: ${reason}`);
    void vscode.window.showErrorMessage(
      `Nothing was sent, because ${files} cannot be read. Close it or bring it back.`,
    );
    return undefined;
  }
  if (0 < collected.documents.length) return collected;
  void vscode.window.showInformationMessage(nothingIn(source, collected.notZoql));
  return undefined;
}

function nothingIn(source: SubmitSource, notZoql: readonly string[]): string {
  if (0 < notZoql.length) {
    return `There is nothing to submit: ${notZoql.join(', ')} ${notZoql.length === 1 ? 'is' : 'are'} not ZOQL.`;
  }
  if (source.kind === 'open') {
    return 'No ZOQL document is open. Open .zoql or .zql files, or set the language of a document to ZOQL.';
  }
  if (source.kind === 'files' && source.uris.length === 0) {
    return `There is nothing to submit: no file of ${source.of ?? 'the selection'} is there any more.`;
  }
  const folders =
    source.kind === 'files' ? source.uris.map(uri => vscode.workspace.asRelativePath(uri)).join(', ') : '';
  return `There is nothing to submit: no .zoql or .zql file is below ${folders}.`;
}

function sayNoQuery({
  all,
  plan,
  notZoql,
  gone,
}: {
  readonly all: Plan;
  readonly plan: Plan;
  readonly notZoql: readonly string[];
  readonly gone: readonly string[];
}): void {
  if (0 < gone.length) {
    void vscode.window.showInformationMessage(
      `There is nothing to submit: ${gone.join(', ')} ${gone.length === 1 ? 'is' : 'are'} no longer in the files.`,
    );
    return;
  }
  if (0 < all.queries.length) {
    void vscode.window.showInformationMessage('There is no query at the cursor. Put it into one, or select several.');
    return;
  }
  const files = plan.withoutStatement.map(({ relativePath }) => relativePath).join(', ');
  const others = notZoql.length === 0 ? '' : ` Not ZOQL: ${notZoql.join(', ')}.`;
  void vscode.window.showInformationMessage(`There is nothing to submit: no statement in ${files}.${others}`);
}

/** What the queries are taken of, for the title of the confirmation; nothing is said of all that is open. */
function inWords(source: SubmitSource, documents: readonly OpenDocument[]): string | undefined {
  if (source.kind === 'open') return undefined;
  if (source.kind === 'files' && source.of !== undefined) return source.of;
  return documents.length === 1 ? documents[0]?.baseName : `${documents.length} selected files`;
}

function touched({ document, selections }: SubmitSource & { readonly kind: 'statements' }): ReadonlySet<number> {
  const spans = selections.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
  return touchedStatements(document.getText(), spans);
}
