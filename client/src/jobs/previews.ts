import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { readOnlyTexts, readOnlyUri, showDocument } from '../readOnlyTexts';
import { requestScheme } from '../schemes';
import type { TenantProfile } from '../tenants/profiles';
import type { JobScope } from '../zuora/scope';
import { jobLabel } from './describe';
import type { Job, JobPlan } from './model';

/** Open previews that were not sent; those of jobs are made from the journal. */
const plans = readOnlyTexts(requestScheme);

/** What the query of a job's document begins with. */
const ofJob = 'job=';

type SignIn = TenantProfile['signIn'];

let signInOf: (scope: JobScope) => Promise<SignIn> = () => Promise.resolve(undefined);

export interface PreviewsOptions {
  /** Reads a job of the journal. */
  readonly open: (key: string) => Promise<Job | undefined>;
  /** How requests of a scope are signed. */
  readonly signInOf: (scope: JobScope) => Promise<SignIn>;
}

/** Serves the read-only documents that show a request. */
export function registerPreviews({ open, signInOf: ask }: PreviewsOptions): vscode.Disposable {
  signInOf = ask;
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(requestScheme, {
      async provideTextDocumentContent({ query }) {
        if (!query.startsWith(ofJob)) {
          return (
            plans.get(query) ?? '// This preview is over. Run ZOQL: Preview Request to see the request as it is now.\n'
          );
        }
        const job = await open(query.slice(ofJob.length));
        if (!job) return '// This job was removed from the list.\n';
        const { previewText } = await import('./requestText');
        const { idempotencyKey } = job.attempt;
        return previewText({ ...job, idempotencyKey, signIn: await signInOf(job.scope) });
      },
    }),
    plans.watch(),
  );
}

/** Shows a request that is not sent yet. */
export async function showPreview(
  plan: JobPlan,
  options: Pick<vscode.TextDocumentShowOptions, 'preserveFocus'> = {},
): Promise<void> {
  const { previewText } = await import('./requestText');
  const text = previewText({ ...plan, idempotencyKey: undefined, signIn: await signInOf(plan.scope) });
  await showDocument(plans.keep(`${plan.scope.tenant}.jsonc`, text), options);
}

/** Shows a job's request, as it was sent. */
export async function showSentRequest(job: Job): Promise<void> {
  await showDocument(readOnlyUri(requestScheme, `${jobLabel(job)}.jsonc`, ofJob + job.key));
}

/** Puts the request on the clipboard as a command; a plan gets a key of its own, since the command is another sending. */
export async function copyAsCurl(
  shown: Pick<JobPlan, 'scope' | 'request'>,
  sentKey: string | undefined = undefined,
): Promise<void> {
  const { curlCommand, curlVariables } = await import('./requestText');
  const request = { ...shown, signIn: await signInOf(shown.scope) };
  await vscode.env.clipboard.writeText(curlCommand({ ...request, idempotencyKey: sentKey ?? randomUUID() }));
  const variables = curlVariables(request).join(' and ');
  const key =
    sentKey === undefined
      ? 'Run twice within 24 hours it makes one job.'
      : 'It carries the key of the job: within 24 hours it answers the job that was made and makes no second one.';
  void vscode.window.showInformationMessage(
    `The cURL command is on the clipboard. It holds no secret: set ${variables} first. ${key}`,
  );
}
