import * as vscode from 'vscode';
import { readOnlyTexts, showDocument } from '../../readOnlyTexts';
import { diagnosisScheme } from '../../schemes';

const reports = readOnlyTexts(diagnosisScheme);

/** Serves the read-only documents that show a diagnosis. */
export function registerDiagnoses(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(diagnosisScheme, {
      provideTextDocumentContent: ({ query }) =>
        reports.get(query) ?? 'This report is over. Run ZOQL: Diagnose Connection to look again.\n',
    }),
    reports.watch(),
  );
}

export async function showDiagnosis(tenant: string, text: string): Promise<void> {
  await showDocument(reports.keep(`Connection to ${tenant}.txt`, text));
}
