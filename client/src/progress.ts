import * as vscode from 'vscode';

/** Runs a task behind a notification with a Cancel button. `report` replaces the words behind the title. */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: (words: string) => void) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, canceled) => {
      const controller = new AbortController();
      const watching = canceled.onCancellationRequested(() => controller.abort());
      try {
        return await task(controller.signal, words => progress.report({ message: words }));
      } finally {
        watching.dispose();
      }
    },
  );
}
