import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../../app';
import { withProgress } from '../../progress';
import { sentence } from '../../words';
import { saveFile } from '../../zuora/files';
import { failed, success, type Outcome } from '../../zuora/outcome';
import { amount, inJobs } from '../describe';
import { historyPieces } from '../history';
import type { JobSummary } from '../model';
import type { JobStore } from '../store';

/** ZOQL: Export History…. All jobs as JSON, into a file that is asked for unless it is given. */
export async function run(app: App, given?: unknown): Promise<void> {
  const { store } = await app.parts();
  await app.loadHistory();
  const jobs = store.all();
  if (jobs.length === 0) return void vscode.window.showInformationMessage('There is no job in the list.');
  const target = given instanceof vscode.Uri ? given : await askForFile();
  if (!target) return;
  if (target.scheme !== 'file') {
    void vscode.window.showErrorMessage(`The history can be saved on disk only, not to ${target.scheme}.`);
    return;
  }
  const written = await withProgress(`Exporting ${inJobs(jobs.length)}`, (signal, report) =>
    write(target.fsPath, store, jobs, { signal, report }),
  );
  if (written.ok) return tell(target, `Exported ${inJobs(jobs.length)} to ${target.fsPath}.`);
  if (written.failure.kind === 'canceled') return;
  void vscode.window.showErrorMessage(sentence(written.failure, { action: 'download', tenant: '', origin: '' }));
}

/** Not awaited by the command: the message may stand for as long as it likes. */
function tell(target: vscode.Uri, message: string): void {
  const open = 'Open';
  void vscode.window.showInformationMessage(message, open).then(choice => {
    if (choice === open) void vscode.commands.executeCommand('vscode.open', target);
  });
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const name = `zoql-history-${new Date().toISOString().slice(0, 10)}.json`;
  return vscode.window.showSaveDialog({
    title: 'Export History',
    filters: { JSON: ['json'] },
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(path.resolve(name)),
  });
}

interface Watched {
  readonly signal: AbortSignal;
  readonly report: (words: string) => void;
}

/** Pieces go to the disk together, some 64 kB at a time. */
const chunkLength = 64 * 1024;

function write(
  file: string,
  store: JobStore,
  jobs: readonly JobSummary[],
  { signal, report }: Watched,
): Promise<Outcome<{ bytes: number }>> {
  return saveFile(file, async sink => {
    let bytes = 0;
    let chunk = '';
    let done = 0;
    const flush = async () => {
      const encoded = Buffer.from(chunk);
      chunk = '';
      bytes += encoded.length;
      await sink.write(encoded);
    };
    await sink.start();
    for await (const piece of historyPieces(jobs, key => store.open(key), Date.now())) {
      if (signal.aborted) return failed({ kind: 'canceled', sent: 'no' });
      chunk += piece;
      if (chunkLength < chunk.length) await flush();
      if (++done % 200 === 0) report(`${amount(done)} done`);
    }
    await flush();
    return success({ bytes });
  });
}
