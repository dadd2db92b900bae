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

/** As `withProgress`, for what is mostly done at once: the notification comes after a second. */
export async function withLateProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: (words: string) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let report: ((words: string) => void) | undefined;
  const running = task(controller.signal, words => report?.(words));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>(resolve => (timer = setTimeout(() => resolve('late'), 1_000)));
  try {
    if ((await Promise.race([running.then(() => 'done'), late])) !== 'late') return await running;
  } finally {
    clearTimeout(timer);
  }
  return withProgress(title, (signal, show) => {
    signal.addEventListener('abort', () => controller.abort());
    report = show;
    return running;
  });
}
