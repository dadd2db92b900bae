import * as vscode from 'vscode';
import { startLanguageWhenNeeded } from './language';
import { createLog } from './log';

export interface Extension {
  /** Ends what runs; everything that is only registered ends with the context's subscriptions. */
  stop(): Promise<void>;
}

/** Builds the parts and joins them. What is not needed at start-up is loaded when somebody needs it. */
export function start(context: vscode.ExtensionContext): Extension {
  const log = createLog();
  const language = startLanguageWhenNeeded({
    serverModule: vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs'),
    log,
  });
  context.subscriptions.push(
    log,
    language,
    vscode.commands.registerCommand('zoql.showLog', () => log.show()),
    vscode.commands.registerCommand('zoql.openSettings', () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
    ),
  );
  return { stop: () => language.stop() };
}
