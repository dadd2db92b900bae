import path from 'node:path';
import * as vscode from 'vscode';
import { writeSnapshot } from '../../../../server/src/zoql/index';
import type { App } from '../../app';
import { factsOf } from '../../tenants/metadata/facts';
import { sentence } from '../../words';
import { saveFile } from '../../zuora/files';
import { success } from '../../zuora/outcome';
import { countOf, describedTenants, snapshotEnding, type DescribedTenant } from '../schemas';

/** ZOQL: Export Schema Snapshot…. What a tenant has described, as a text beside the queries, into a file that is asked for unless it is given. */
export async function run(app: App, given?: unknown): Promise<void> {
  const tenant = await pickTenant(await describedTenants(app));
  if (!tenant || !(await isWhole(tenant))) return;
  const { scope, known } = tenant;
  const target = given instanceof vscode.Uri ? given : await askForFile(scope.tenant);
  if (!target) return;
  if (target.scheme !== 'file') {
    void vscode.window.showErrorMessage(`The snapshot can be saved on disk only, not to ${target.scheme}.`);
    return;
  }
  const facts = factsOf(scope.tenant, known);
  const bytes = Buffer.from(writeSnapshot(facts));
  const written = await saveFile(target.fsPath, async sink => {
    await sink.start();
    await sink.write(bytes);
    return success({ bytes: bytes.length });
  });
  if (written.ok) tell(target, `Exported ${countOf(facts)} of ${scope.tenant} to ${target.fsPath}.`);
  else void vscode.window.showErrorMessage(sentence(written.failure, { action: 'download', ...scope }));
}

async function pickTenant(tenants: readonly DescribedTenant[]): Promise<DescribedTenant | undefined> {
  const [only, ...others] = tenants;
  if (!only) {
    const refresh = 'Refresh Metadata';
    const message =
      'No tenant has described an object yet. Nothing was exported. Refresh Metadata asks the active one.';
    const choice = await vscode.window.showInformationMessage(message, refresh);
    if (choice === refresh) await vscode.commands.executeCommand('zoql.refreshMetadata');
    return undefined;
  }
  if (others.length === 0) return only;
  const items = tenants.map(tenant => ({
    label: tenant.scope.tenant,
    description: countOf(factsOf(tenant.scope.tenant, tenant.known)),
    tenant,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Export Schema Snapshot',
    placeHolder: 'The tenant whose objects and fields are exported',
  });
  return picked?.tenant;
}

/** Asks where the tenant lists more objects than it has described: who reads the snapshot would take them for missing. */
async function isWhole({ scope, known }: DescribedTenant): Promise<boolean> {
  const listed = known.list?.value.length ?? 0;
  if (listed <= known.objects.size) return true;
  const [all, these] = ['Refresh Metadata', 'Export These'];
  const choice = await vscode.window.showWarningMessage(
    `${scope.tenant} has described ${known.objects.size} of its ${listed} objects so far.`,
    { modal: true, detail: 'Refresh Metadata asks for all of them; then export again.' },
    all,
    these,
  );
  if (choice === all) await vscode.commands.executeCommand('zoql.refreshMetadata');
  return choice === these;
}

async function askForFile(tenant: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const name = `${tenant.replace(/[^\p{L}\p{N}._-]+/gu, '-')}${snapshotEnding}`;
  return vscode.window.showSaveDialog({
    title: 'Export Schema Snapshot',
    filters: { JSON: ['json'] },
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(path.resolve(name)),
  });
}

/** Not awaited by the command: the message may stand for as long as it likes. */
function tell(target: vscode.Uri, message: string): void {
  const [open, use] = ['Open', 'Use in This Workspace'];
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const relative = folder && path.relative(folder.uri.fsPath, target.fsPath).replaceAll('\\', '/');
  const isWithin = relative !== undefined && !relative.startsWith('..') && !path.isAbsolute(relative);
  const isUsed = vscode.workspace.getConfiguration('zoql').get<unknown>('schemaSnapshot') === relative;
  void vscode.window.showInformationMessage(message, open, ...(isWithin && !isUsed ? [use] : [])).then(choice => {
    if (choice === open) void vscode.commands.executeCommand('vscode.open', target);
    if (choice === use) {
      const settings = vscode.workspace.getConfiguration('zoql');
      void settings.update('schemaSnapshot', relative, vscode.ConfigurationTarget.Workspace);
    }
  });
}
