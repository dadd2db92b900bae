import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { diagnosisScheme } from '../../schemes';

/** The texts of open reports. */
const texts = new Map<string, string>();

/** Serves the read-only documents that show a diagnosis. */
export function registerDiagnoses(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(diagnosisScheme, {
      provideTextDocumentContent: ({ query }) =>
        texts.get(query) ?? 'This report is over. Run ZOQL: Diagnose Connection to look again.\n',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === diagnosisScheme) texts.delete(uri.query);
    }),
  );
}

export async function showDiagnosis(tenant: string, text: string): Promise<void> {
  const id = randomUUID();
  texts.set(id, text);
  const name = `Connection to ${tenant}.txt`;
  const uri = vscode.Uri.from({ scheme: diagnosisScheme, path: `/${name.replaceAll('/', '∕')}`, query: id });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}
