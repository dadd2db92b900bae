import * as vscode from 'vscode';
import type { App } from '../../app';
import { withProgress } from '../../progress';
import { sentence } from '../../words';
import { hostOf } from '../profiles';
import { pickTenant } from './selectTenant';
import { isTrusted } from './trust';

/**
 * ZOQL: Refresh Metadata. Asks the active tenant for all of its objects and fields. Each counts as soon as it has come;
 * what could not be had stays as it was known.
 */
export async function run(app: App): Promise<void> {
  if (!isTrusted('ask the tenant for its objects')) return;
  const parts = await app.parts();
  const { tenants, metadata, client } = parts;
  if (!tenants.active() && !(await pickTenant(tenants))) return;
  const scope = parts.activeScope();
  if (!scope) return;
  const who = `${scope.tenant} (${hostOf(scope.origin)})`;
  client.forgive(scope);
  const outcome = await withProgress(`Reading objects and fields of ${who}`, (signal, report) =>
    metadata.refresh(scope, { signal, report }),
  );
  const context = { action: 'metadata', tenant: scope.tenant, origin: scope.origin } as const;
  if (!outcome.ok) {
    if (outcome.failure.kind !== 'canceled') await offer(app, sentence(outcome.failure, context));
    return;
  }
  const { described, failed, left } = outcome.value;
  const [first] = failed;
  for (const { name, failure } of failed) app.log.warn(`${name} of ${who}: ${sentence(failure, context)}`);
  if (!first && left === 0) {
    void vscode.window.showInformationMessage(`${who} has described ${count(described)}. Completion knows them now.`);
    return;
  }
  const why = first ? ` ${first.name}: ${sentence(first.failure, context)}` : ' Canceled.';
  const others = failed.length + left;
  await offer(app, `${who} has described ${count(described)}; ${others} are as they were known before.${why}`);
}

function count(objects: number): string {
  return objects === 1 ? '1 object' : `${objects} objects`;
}

async function offer(app: App, message: string): Promise<void> {
  const showLog = 'Show Log';
  if ((await vscode.window.showWarningMessage(message, showLog)) === showLog) app.log.show();
}
