// Makes a new job of an earlier one, through the same preflight as any other.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { App } from '../app';
import { readRequestSettings, requestSettingsOfWorkspace } from '../config';
import { hostOf } from '../tenants/profiles';
import { isTrusted } from '../tenants/commands/trust';
import { circumstancesOf } from './circumstances';
import type { ConfirmedTenant } from './confirmation';
import { ownZone } from './dataCenterTime';
import { jobLabel } from './describe';
import { lastJobOf } from './lastJob';
import type { Job, JobLineage, PlannedQuery } from './model';
import { pickJob } from './pick';
import { createPlanner } from './planner';
import type { PreflightOptions } from './preflight';
import { propose, proposeAgain, type MoreFindings, type Proposal } from './proposal';
import { editedQueries, entryOf, failedQueries, lineageFindings } from './resubmission';
import { settingsFor } from './settings';
import { confirmAndSend, confirmedTenant, oneAtATime, signedIn, type SignedIn } from './submission';

const placeholders: Readonly<Record<JobLineage['how'], string>> = {
  'as-sent': 'The job that is sent once more, as it was',
  edited: 'The job whose queries are sent as they are in their files now',
  failed: 'The job whose failed batches are sent once more',
};

/** Shows the preflight of a job that repeats the given one, or one that a person picks. */
export async function resubmit(app: App, given: unknown, how: JobLineage['how']): Promise<void> {
  await oneAtATime(async () => {
    if (!isTrusted('submit jobs')) return;
    const job = await pickJob(app, given, {
      placeholder: placeholders[how],
      words: [how === 'failed' ? 'hasFailed' : 'resubmittable'],
      none:
        how === 'failed'
          ? 'No finished job has a batch without a result.'
          : 'There is no job yet that can be repeated.',
    });
    const tenant = job && (await tenantOf(app, job));
    if (!tenant) return;
    await confirmAndSend(app, await optionsFor(app, job, how, confirmedTenant(tenant)));
  });
}

/** The job's own tenant, whichever is the active one. */
async function tenantOf(app: App, { scope }: Job): Promise<SignedIn | undefined> {
  const { tenants } = await app.parts();
  const profile = tenants.find(scope);
  if (profile) return signedIn(app, profile);
  const open = 'Open Settings';
  const message = `Nothing was sent: the job's tenant ${scope.tenant} (${hostOf(scope.origin)}) is no longer in the setting zoql.tenants. Add it there, or submit the files to another tenant.`;
  if ((await vscode.window.showErrorMessage(message, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', '@id:zoql.tenants');
  }
  return undefined;
}

async function optionsFor(
  app: App,
  job: Job,
  how: JobLineage['how'],
  tenant: ConfirmedTenant,
): Promise<PreflightOptions> {
  if (how === 'edited') return editedNow(app, job, tenant);
  const sent = how === 'failed' ? failedQueries(job) : job.queries;
  return {
    propose: () => repeated(app, job, sent, how, tenant),
    watch: () => ({ dispose: () => undefined }),
  };
}

/** Of what was not sent from here there is no body: it is made of Zuora's queries and the settings of now. */
async function repeated(
  app: App,
  job: Job,
  sent: readonly PlannedQuery[],
  how: Exclude<JobLineage['how'], 'edited'>,
  tenant: ConfirmedTenant,
): Promise<Proposal> {
  const queries = sent.map(entryOf);
  const circumstances = await circumstancesOf((await app.parts()).store, tenant);
  const more: MoreFindings = plans => [...lineageFindings(job, how), ...circumstances(plans)];
  if (job.request.body !== '') return proposeAgain({ tenant, job, queries, how, more });
  const settings = settingsFor(tenant, readRequestSettings());
  return propose({
    tenant,
    of: jobLabel(job),
    settings,
    ofWorkspace: requestSettingsOfWorkspace(),
    queries,
    zone: ownZone(),
    lastJob: await lastJobOf(app, settings, tenant),
    documents: [],
    withoutStatement: [],
    notZoql: [],
    gone: [],
    variables: { now: new Date(), uuid: randomUUID() },
    groupId: randomUUID(),
    lineage: { from: job.key, how },
    more,
  });
}

async function editedNow(app: App, job: Job, tenant: ConfirmedTenant): Promise<PreflightOptions> {
  const uris = await thoseThere([...new Set(job.queries.map(({ source }) => source.uri))]);
  return createPlanner(app, { kind: 'files', uris, of: jobLabel(job) }, tenant, {
    lineage: { from: job.key, how: 'edited' },
    more: () => lineageFindings(job, 'edited'),
    narrow: (plan, documents) => editedQueries(job.queries, plan, documents),
  });
}

/** The files that still exist; what was never saved exists as long as it is open. */
async function thoseThere(uris: readonly string[]): Promise<vscode.Uri[]> {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  const checked = await Promise.all(
    uris.map(async text => {
      const uri = vscode.Uri.parse(text, true);
      const exists = open.has(text) || (await vscode.workspace.fs.stat(uri).then(Boolean, () => false));
      return exists ? [uri] : [];
    }),
  );
  return checked.flat();
}
