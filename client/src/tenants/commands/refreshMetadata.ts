import * as vscode from 'vscode';
import type { App } from '../../app';
import { enumerated } from '../../jobs/describe';
import { withProgress } from '../../progress';
import { sentence } from '../../words';
import type { MetadataScope } from '../metadata/cache';
import type { Metadata } from '../metadata/metadata';
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
    if (outcome.failure.kind !== 'canceled') offer(app, sentence(outcome.failure, context));
    return;
  }
  const { described, failed, left } = outcome.value;
  const [first] = failed;
  for (const { name, failure } of failed) app.log.warn(`${name} of ${who}: ${sentence(failure, context)}`);
  if (!first && left === 0) {
    await sayDone(metadata, scope, `${who} has described ${count(described)}. Completion knows them now.`);
    return;
  }
  const why = first ? ` ${first.name}: ${sentence(first.failure, context)}` : ' Canceled.';
  const others = failed.length + left;
  offer(app, `${who} has described ${count(described)}; ${others} are as they were known before.${why}`);
}

/** Fields that one message names. */
const mostNamed = 5;

/** What AQuA refused is not asked for again by a description, so it stays until a person says otherwise. */
async function sayDone(metadata: Metadata, scope: MetadataScope, message: string): Promise<void> {
  const { refused } = await metadata.known(scope);
  if (refused.length === 0) {
    void vscode.window.showInformationMessage(message);
    return;
  }
  const names = refused.slice(0, mostNamed).map(({ object, field }) => `${object}.${field}`);
  const others = refused.length - names.length;
  const forget = 'Forget Refused Fields';
  void vscode.window
    .showInformationMessage(
      `${message} Still marked, since AQuA has refused them: ${enumerated(others === 0 ? names : [...names, `${others} more`])}.`,
      forget,
    )
    .then(choice => (choice === forget ? metadata.forgetRefused(scope) : undefined));
}

function count(objects: number): string {
  return objects === 1 ? '1 object' : `${objects} objects`;
}

/** The command is over before a person has answered. */
function offer(app: App, message: string): void {
  const showLog = 'Show Log';
  const diagnose = 'Diagnose Connection';
  void vscode.window.showWarningMessage(message, showLog, diagnose).then(choice => {
    if (choice === showLog) app.log.show();
    if (choice === diagnose) void vscode.commands.executeCommand('zoql.diagnoseConnection');
  });
}
