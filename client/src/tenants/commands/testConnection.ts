import * as vscode from 'vscode';
import type { App } from '../../app';
import { readRequestSettings } from '../../config';
import { withProgress } from '../../progress';
import { sentence } from '../../words';
import { givenTenant } from '../givenTenant';
import { scopeOf } from '../metadata/activeScope';
import { hostOf } from '../profiles';
import { isTrusted } from './trust';

/** ZOQL: Test Connection. Signs in and asks for the tenant's objects, which needs every part of the way and changes nothing. */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('test a connection')) return;
  const profile = await givenTenant(app, given, 'The tenant whose connection is tested');
  if (!profile) return;
  const { client } = await app.parts();
  const scope = scopeOf(profile, readRequestSettings());
  const who = `${profile.name} (${hostOf(profile.origin)})`;
  client.forgive(scope);
  const started = performance.now();
  const outcome = await withProgress(`Testing the connection to ${who}`, signal => client.objects(scope, signal));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (outcome.ok) {
    void vscode.window.showInformationMessage(
      `${who} is there, accepts the sign-in, and tells of ${outcome.value.length} objects (${seconds} s).`,
    );
    return;
  }
  const { failure } = outcome;
  if (failure.kind === 'canceled') return;
  const signIn = 'Sign In';
  const needsSignIn = failure.kind === 'signed-out' || failure.kind === 'unauthorized';
  const message = sentence(failure, { action: 'test', tenant: profile.name, origin: profile.origin });
  const diagnose = 'Diagnose Connection';
  void vscode.window.showErrorMessage(message, ...(needsSignIn ? [signIn] : []), diagnose).then(choice => {
    if (choice === signIn) void vscode.commands.executeCommand('zoql.signIn', profile.name);
    if (choice === diagnose) void vscode.commands.executeCommand('zoql.diagnoseConnection', profile.name);
  });
}
