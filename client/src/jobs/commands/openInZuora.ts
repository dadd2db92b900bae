import * as vscode from 'vscode';
import type { App } from '../../app';
import { hostOf } from '../../tenants/profiles';
import { userInterfaceOf } from '../../zuora/environments';
import { isNode, isPlace } from '../pick';

/**
 * ZOQL: Open in Zuora. The user interface of the tenant that a line is about, else of the active one, in the browser. It
 * has no address of single jobs that Zuora documents.
 */
export async function run(app: App, given?: unknown): Promise<void> {
  const { store, tenants } = await app.parts();
  const origin = isPlace(given) ? given.origin : isNode(given) ? store.find(given.key)?.scope.origin : undefined;
  const chosen = origin ?? tenants.active()?.origin;
  if (chosen === undefined) return void (await vscode.commands.executeCommand('zoql.selectTenant'));
  const address = userInterfaceOf(chosen);
  if (address !== undefined) return void (await vscode.env.openExternal(vscode.Uri.parse(address, true)));
  void vscode.window.showInformationMessage(
    `${hostOf(chosen)} is none of Zuora's data centers, so the address of its user interface is not known. Open it in the browser by hand.`,
  );
}
