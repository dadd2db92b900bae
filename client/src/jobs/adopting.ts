// Taking over a job that Zuora has: the questions and confirmations that the commands for it share.
import * as vscode from 'vscode';
import { randomUUID } from 'node:crypto';
import type { App } from '../app';
import { readRequestSettings } from '../config';
import { withProgress } from '../progress';
import { pickProfile } from '../tenants/givenTenant';
import type { TenantProfile } from '../tenants/profiles';
import { sentence } from '../words';
import type { ZuoraClient } from '../zuora/aqua';
import type { Outcome } from '../zuora/outcome';
import { idPattern, type AquaJob } from '../zuora/schemas';
import type { JobTarget } from '../zuora/scope';
import { differences, inLines, queriesOf, sessionOf, waitsForId } from './adopt';
import { jobLabel } from './describe';
import type { Job, JobSummary } from './model';
import { answerOf } from './records';
import { createHeaders } from './request';
import { settingsFor } from './settings';

/** The tenant that a job is looked for in: the only one, or the one that is picked; signed in. */
export async function tenantToAsk(app: App): Promise<TenantProfile | undefined> {
  const { tenants } = await app.parts();
  const profile =
    1 < tenants.all().length ? await pickProfile(app, 'The tenant that has the job') : await onlyTenant(app);
  if (!profile || (await tenants.state(profile)) !== 'signed-out') return profile;
  const signedIn = await vscode.commands.executeCommand<boolean>('zoql.signIn', profile.name);
  return signedIn ? profile : undefined;
}

async function onlyTenant(app: App): Promise<TenantProfile | undefined> {
  const { tenants } = await app.parts();
  if (!tenants.active()) await vscode.commands.executeCommand('zoql.selectTenant');
  return tenants.active();
}

/** Asks for a job's id until it looks like one. */
export async function askForId(title: string): Promise<string | undefined> {
  const id = await vscode.window.showInputBox({
    title,
    prompt: 'The job’s ID, 32 characters. In Zuora it stands in the AQuA Job Finder, for 72 hours.',
    ignoreFocusOut: true,
    validateInput: text => (idPattern.test(text.trim()) ? undefined : 'An ID has letters, digits, - and _ only.'),
  });
  return id?.trim();
}

/** Where a job of this tenant is asked for, with the headers that the settings name now; undefined after saying what is wrong. */
export function targetIn(
  profile: TenantProfile,
): (JobTarget & { readonly headers: Readonly<Record<string, string>> }) | undefined {
  const settings = settingsFor(profile, readRequestSettings());
  const result = createHeaders(settings, { now: new Date(), uuid: randomUUID() });
  if (result.ok) return { tenant: profile.name, origin: profile.origin, ...result.ids, headers: result.headers };
  void vscode.window.showErrorMessage(`Nothing was asked. ${result.problems.map(({ message }) => message).join(' ')}`);
  return undefined;
}

/** Asks Zuora behind a progress bar; undefined after saying why there is no answer. */
export async function found(
  app: App,
  { tenant, origin }: JobTarget,
  title: string,
  ask: (client: ZuoraClient, signal: AbortSignal) => Promise<Outcome<AquaJob>>,
): Promise<AquaJob | undefined> {
  const { client } = await app.parts();
  const outcome = await withProgress(title, signal => ask(client, signal));
  if (outcome.ok) return outcome.value;
  if (outcome.failure.kind !== 'canceled') {
    void vscode.window.showErrorMessage(sentence(outcome.failure, { action: 'adopt', tenant, origin }));
  }
  return undefined;
}

/** Shows an entry that has this id already. */
export async function revealKnown(app: App, { origin }: JobTarget, id: string): Promise<boolean> {
  const { store } = await app.parts();
  await app.loadHistory();
  const known = store.all().find(job => job.id === id && job.scope.origin === origin);
  if (!known) return false;
  await app.reveal({ kind: 'job', key: known.key });
  void vscode.window.showInformationMessage(`${jobLabel(known)} is in the list already.`);
  return true;
}

/** Shows what was found and, when a person agrees, takes it over: into the entry that waits for it, else into a new one. */
export async function adopt(app: App, target: JobTarget & { readonly headers: Record<string, string> }, job: AquaJob) {
  if (await revealKnown(app, target, job.id)) return;
  const waiting = await entryThatWaits(app, target, job);
  const detail = [
    ...inLines(job),
    ...(waiting ? ['', `These are the queries of ${jobLabel(waiting)}, whose answer was lost. It takes the ID.`] : []),
  ].join('\n');
  if (!(await agreed(`Adopt this job of ${target.tenant}?`, detail, 'Adopt'))) return;
  if (waiting) return tie(app, waiting, job);

  const { store } = await app.parts();
  const { headers, ...scope } = target;
  const session = sessionOf(job);
  const queries = queriesOf(job);
  const record = { scope, headers, queries, answer: answerOf(job, queries), ...(session && { session }) };
  const adopted = await store.adopt(record);
  if (adopted.ok) await shown(app, adopted.value);
  else void vscode.window.showErrorMessage(`The job could not be written down: ${adopted.fault.message}.`);
}

/** Ties Zuora's job to an entry whose answer was lost, with a warning where the queries differ. */
export async function adoptFor(app: App, entry: Job, job: AquaJob): Promise<void> {
  const differ = differences(job, entry.queries);
  const isSame = differ.length === 0;
  const detail = isSame
    ? inLines(job).join('\n')
    : [...inLines(job), '', 'It does not look like the job that was sent:', ...differ].join('\n');
  const question = isSame
    ? `Is this ${jobLabel(entry)}?`
    : `This looks like another job. Adopt it for ${jobLabel(entry)}?`;
  if (await agreed(question, detail, isSame ? 'Adopt' : 'Adopt Anyway')) await tie(app, entry, job);
}

async function tie(app: App, { key }: JobSummary, job: AquaJob): Promise<void> {
  const { store } = await app.parts();
  const written = await store.applyAnswer(key, job);
  const entry = store.find(key);
  if (entry) await shown(app, entry);
  if (!written.ok) void vscode.window.showErrorMessage(`The ID could not be written down: ${written.fault.message}.`);
}

async function shown(app: App, job: JobSummary): Promise<void> {
  const parts = await app.parts();
  await parts.resume();
  await app.reveal({ kind: 'job', key: job.key });
  void vscode.window.showInformationMessage(`${jobLabel(job)} was adopted. Job ID: ${job.id ?? ''}`);
}

/** The one entry of this tenant whose answer was lost and whose queries are the job's; undefined where it is not sure. */
async function entryThatWaits(app: App, { tenant, origin }: JobTarget, job: AquaJob): Promise<Job | undefined> {
  const { store } = await app.parts();
  const waiting = store
    .all()
    .filter(each => waitsForId(each) && each.scope.tenant === tenant && each.scope.origin === origin);
  const entries = await Promise.all(waiting.map(({ key }) => store.open(key)));
  const [entry, ...more] = entries.filter(each => each !== undefined && differences(job, each.queries).length === 0);
  return more.length === 0 ? entry : undefined;
}

async function agreed(message: string, detail: string, action: string): Promise<boolean> {
  return (await vscode.window.showInformationMessage(message, { modal: true, detail }, action)) === action;
}
