// The way of a submit: collect, plan, confirm, send. The commands say what it takes.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { contextOf } from '../../../server/src/settings';
import type { App } from '../app';
import { readRequestSettings, readServerSettings } from '../config';
import { hostOf, placeInWords, type TenantProfile } from '../tenants/profiles';
import { isTrusted } from '../tenants/commands/trust';
import { collectFiles, collectOpenDocuments, type Collected } from './collect';
import { createPlan, planOf, type OpenDocument, type Plan, type PlanEntry } from './plan';
import { confirmSubmit } from './preflight';
import { createRequest, type RequestProblem } from './request';
import { agreedToSecond } from './second';
import { sendWithProgress } from './send';
import { touchedStatements } from './touched';

/** What a submit takes. */
export type SubmitSource =
  /** Every open ZOQL document. */
  | { readonly kind: 'open' }
  /** Files that were chosen: in the explorer, or the one in the editor. */
  | { readonly kind: 'files'; readonly uris: readonly vscode.Uri[] }
  /** The statements of one document that a selection touches; a cursor is an empty selection. */
  | {
      readonly kind: 'statements';
      readonly document: vscode.TextDocument;
      readonly selections: readonly vscode.Range[];
    };

/** Set while one submit is between the key press and its answer. */
let underWay = false;

/**
 * Makes one job of a source once a person has confirmed what goes out. Called again meanwhile it starts no second one.
 */
export async function submitFrom(app: App, source: SubmitSource): Promise<void> {
  if (underWay) {
    void vscode.window.showInformationMessage('A submit is under way. Confirm, finish or cancel it first.');
    return;
  }
  underWay = true;
  try {
    await submit(app, source);
  } finally {
    underWay = false;
  }
}

async function submit(app: App, source: SubmitSource): Promise<void> {
  if (!isTrusted('submit jobs')) return;
  const parts = await app.parts();
  const tenant = await signedInTenant(app);
  if (!tenant) return;

  const collected = await collectFrom(source);
  const plan = await planned(app, collected, source);
  if (!plan) return;

  // One snapshot: what is confirmed is what goes out, even if a setting changes meanwhile.
  const settings = readRequestSettings();
  const variables = { now: new Date(), uuid: randomUUID() };
  const request = (queries: readonly PlanEntry[]) => createRequest({ settings, queries, variables });
  const wrongSettings = problemsOf(request(plan.queries)).filter(({ setting }) => setting !== undefined);
  if (0 < wrongSettings.length) return void sayWrongSettings(wrongSettings);

  const { name, origin } = tenant.profile;
  const queries = await confirmSubmit({
    tenant: {
      name,
      origin,
      kind: placeInWords(tenant.profile),
      ...(tenant.fromEnvironment
        ? { credentials: 'Signed in by ZOQL_URL, ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET' }
        : {}),
    },
    settings,
    queries: plan.queries,
    withoutStatement: plan.withoutStatement,
    notZoql: collected.ok ? collected.notZoql : [],
    of: collected.ok ? inWords(source, collected.documents) : undefined,
    check: chosen => problemsOf(request(chosen))[0]?.message,
  });
  if (!queries) return;

  const result = request(queries);
  if (!result.ok) return; // The list lets nothing else through.
  const { request: body, ids } = result.prepared;
  const job = { scope: { tenant: name, origin, ...ids }, request: body, queries };
  await parts.resume();
  if (!(await agreedToSecond(app, job))) return;
  const count = queries.length === 1 ? '1 query' : `${queries.length} queries`;
  await sendWithProgress(app, `Submitting ${count} to ${name} (${hostOf(origin)})`, options =>
    parts.submitter.submit(job, options),
  );
}

function collectFrom(source: SubmitSource): Promise<Collected> {
  switch (source.kind) {
    case 'open':
      return collectOpenDocuments();
    case 'files':
      return collectFiles(source.uris);
    case 'statements':
      return collectFiles([source.document.uri]);
  }
}

/** What the queries are taken of, for the title of the confirmation; nothing is said of all that is open. */
function inWords({ kind }: SubmitSource, documents: readonly OpenDocument[]): string | undefined {
  if (kind === 'open') return undefined;
  return documents.length === 1 ? documents[0]?.baseName : `${documents.length} selected files`;
}

interface SignedIn {
  readonly profile: TenantProfile;
  readonly fromEnvironment: boolean;
}

/** The active tenant, after asking for what is missing: which one, or its credentials. */
async function signedInTenant(app: App): Promise<SignedIn | undefined> {
  const { tenants } = await app.parts();
  if (!tenants.active()) await vscode.commands.executeCommand('zoql.selectTenant');
  const profile = tenants.active();
  if (!profile) return undefined;
  const state = await tenants.state(profile);
  switch (state) {
    case 'environment':
    case 'signed-in':
      return { profile, fromEnvironment: state === 'environment' };
    case 'signed-out': {
      const signedIn = await vscode.commands.executeCommand<boolean>('zoql.signIn', profile.name);
      return signedIn ? { profile, fromEnvironment: false } : undefined;
    }
    case 'unavailable':
      void vscode.window.showErrorMessage(
        `The secret storage cannot be read, so there are no credentials for ${profile.name}. Nothing was sent. Unlock your keyring and try again.`,
      );
      return undefined;
  }
}

/** The plan of what was collected, or undefined after saying why there is none. */
async function planned(app: App, collected: Collected, source: SubmitSource): Promise<Plan | undefined> {
  if (!collected.ok) {
    const files = collected.unreadable.map(({ relativePath }) => relativePath).join(', ');
    for (const { uri, reason } of collected.unreadable) app.log.error(`${uri.toString()} cannot be read: ${reason}`);
    void vscode.window.showErrorMessage(
      `Nothing was sent, because ${files} cannot be read. Close it or bring it back.`,
    );
    return undefined;
  }
  if (collected.documents.length === 0) {
    void vscode.window.showInformationMessage(
      collected.notZoql.length === 0
        ? 'No ZOQL document is open. Open .zoql or .zql files, or set the language of a document to ZOQL.'
        : `There is nothing to submit: ${collected.notZoql.join(', ')} ${collected.notZoql.length === 1 ? 'is' : 'are'} not ZOQL.`,
    );
    return undefined;
  }
  const parts = await app.parts();
  const whole = createPlan(collected.documents, contextOf(readServerSettings(), await parts.catalogue()));
  const plan = source.kind === 'statements' ? planOf(whole, touched(source)) : whole;
  if (0 < plan.errors.length) {
    void sayNameClash(plan.errors);
    return undefined;
  }
  if (plan.queries.length === 0 && 0 < whole.queries.length) {
    void vscode.window.showInformationMessage('There is no query at the cursor. Put it into one, or select several.');
    return undefined;
  }
  if (plan.queries.length === 0) {
    const files = plan.withoutStatement.map(({ relativePath }) => relativePath).join(', ');
    const others = collected.notZoql.length === 0 ? '' : ` Not ZOQL: ${collected.notZoql.join(', ')}.`;
    void vscode.window.showInformationMessage(`There is nothing to submit: no statement in ${files}.${others}`);
    return undefined;
  }
  return plan;
}

function touched({ document, selections }: SubmitSource & { readonly kind: 'statements' }): ReadonlySet<number> {
  const spans = selections.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
  return touchedStatements(document.getText(), spans);
}

async function sayNameClash(errors: Plan['errors']): Promise<void> {
  const places = errors.flatMap(error => error.places);
  const items = new Map(places.map(place => [`Open ${place.relativePath}:${place.line}`, place]));
  const message = `Nothing was sent. ${errors.map(error => error.message).join(' ')}`;
  const choice = await vscode.window.showErrorMessage(message, ...[...items.keys()].slice(0, 3));
  const place = choice === undefined ? undefined : items.get(choice);
  if (!place) return;
  const position = new vscode.Position(place.line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri, true), {
    selection: new vscode.Range(position, position),
  });
}

async function sayWrongSettings(problems: readonly RequestProblem[]): Promise<void> {
  const open = 'Open Settings';
  const message = `Nothing was sent. ${problems.map(problem => problem.message).join(' ')}`;
  if ((await vscode.window.showErrorMessage(message, open)) !== open) return;
  const ids = new Set(problems.flatMap(({ setting }) => (setting === undefined ? [] : [`@id:${setting}`])));
  await vscode.commands.executeCommand('workbench.action.openSettings', [...ids].join(' '));
}

function problemsOf(result: ReturnType<typeof createRequest>): readonly RequestProblem[] {
  return result.ok ? [] : result.problems;
}
