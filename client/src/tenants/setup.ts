import * as vscode from 'vscode';
import type { Tenants } from './tenants';

/** What is missing before jobs can be submitted; the view's welcome texts in package.json depend on it. */
type Setup = 'tenant' | 'proposal' | 'choice' | 'signIn' | 'ready';

/** Keeps the context key `zoql.setup` and the view's title true to the tenants, from now on. */
export async function showSetup(
  tenants: Tenants,
  view: vscode.TreeView<unknown>,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const show = async () => {
    const profile = tenants.active();
    const state = profile && (await tenants.state(profile));
    const signedIn = state === 'signed-in' || state === 'session' || state === 'environment';
    const none: Setup = tenants.proposed().length === 0 ? 'tenant' : 'proposal';
    const missing: Setup = profile ? 'signIn' : tenants.all().length === 0 ? none : 'choice';
    const setup: Setup = signedIn ? 'ready' : missing;
    view.description = profile?.name ?? '';
    for (const problem of tenants.problems()) log.warn(problem);
    await vscode.commands.executeCommand('setContext', 'zoql.setup', setup);
  };
  tenants.onDidChange(() => void show());
  await show();
}
