import * as vscode from 'vscode';
import type { App } from '../../app';
import { matchingFiles } from '../fileSearch';
import { submitFrom } from '../submission';

const rememberedKey = 'zoql.lastPattern';

/**
 * ZOQL: Submit Files Matching… The ZOQL files of the workspace that a pattern matches become one job, open or not. A key
 * binding may give the pattern.
 */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!vscode.workspace.workspaceFolders) {
    return void vscode.window.showInformationMessage(
      'A pattern is looked for in the folders of the workspace, and none is open. Open a folder first.',
    );
  }
  const found =
    typeof given === 'string'
      ? await find(given)
      : await askForPattern(app.context.workspaceState.get(rememberedKey, '**/*.zoql'));
  if (!found) return;
  await app.context.workspaceState.update(rememberedKey, found.pattern);
  await submitFrom(app, { kind: 'files', uris: found.uris, of: found.pattern });
}

interface Found {
  readonly pattern: string;
  readonly uris: readonly vscode.Uri[];
}

async function find(pattern: string): Promise<Found | undefined> {
  const uris = await matchingFiles(pattern, new vscode.CancellationTokenSource().token);
  if (0 < uris.length) return { pattern, uris };
  void vscode.window.showInformationMessage(`There is nothing to submit: no ZOQL file matches ${pattern}.`);
  return undefined;
}

/** Counts while a person types; Enter takes a pattern that matches something. */
function askForPattern(remembered: string): Promise<Found | undefined> {
  const input = vscode.window.createInputBox();
  let searching = new vscode.CancellationTokenSource();
  let newest: Promise<Found | undefined> = Promise.resolve(undefined);

  const count = async (pattern: string): Promise<Found | undefined> => {
    searching.cancel();
    searching.dispose();
    const own = (searching = new vscode.CancellationTokenSource());
    input.busy = true;
    const uris = await matchingFiles(pattern, own.token);
    if (own.token.isCancellationRequested) return undefined;
    input.busy = false;
    input.validationMessage = { message: countInWords(uris), severity: vscode.InputBoxValidationSeverity.Info };
    return { pattern: pattern.trim(), uris };
  };

  input.title = 'Submit Files Matching…';
  input.prompt = 'A pattern of paths below the workspace, such as billing/** or **/*.{zoql,zql}';
  input.value = remembered;
  input.ignoreFocusOut = true;
  newest = count(remembered);
  return new Promise(resolve => {
    input.onDidChangeValue(value => (newest = count(value)));
    input.onDidAccept(async () => {
      const found = await newest;
      if (!found || found.uris.length === 0) return; // The count says so already.
      resolve(found);
      input.hide();
    });
    input.onDidHide(() => {
      searching.cancel();
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}

function countInWords(uris: readonly vscode.Uri[]): string {
  if (uris.length === 0) return 'No ZOQL file matches.';
  const [first] = uris;
  const name = first ? vscode.workspace.asRelativePath(first) : '';
  return uris.length === 1 ? `1 ZOQL file matches: ${name}` : `${uris.length} ZOQL files match: ${name}, …`;
}
