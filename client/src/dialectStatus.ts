import * as vscode from 'vscode';
import { languageId, type DialectAnswer } from '../../server/src/protocol';

/** Which dialect the statement at a position is in; null between statements. */
export type AskDialect = (document: vscode.TextDocument, position: vscode.Position) => Promise<DialectAnswer | null>;

/** Shows in the language status, behind the braces of the status bar, the dialect at the cursor and why it is that one. */
export function showDialect(ask: AskDialect): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('zoql.dialect', { language: languageId });
  item.name = 'ZOQL Dialect';
  item.text = 'ZOQL';
  item.command = { command: 'workbench.action.openSettings', arguments: ['zoql.queryType'], title: 'Change' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  const update = async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== languageId) return;
    const turn = ++latest;
    const answer = await ask(editor.document, editor.selection.active);
    if (turn !== latest) return; // The cursor has moved on meanwhile.
    item.text = answer?.name ?? 'ZOQL';
    item.detail = answer?.reason ?? 'No query at the cursor';
  };
  const updateSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), settleMs);
  };
  updateSoon();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(updateSoon),
    vscode.window.onDidChangeTextEditorSelection(updateSoon),
    { dispose: () => clearTimeout(timer) },
  );
}

/** Who types or moves the cursor asks for nothing until a moment later, so that completion comes first. */
const settleMs = 200;
