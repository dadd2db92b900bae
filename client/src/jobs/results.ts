import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app';
import { withProgress } from '../progress';
import { isTrusted } from '../tenants/commands/trust';
import { sentence } from '../words';
import { saveFile } from '../zuora/files';
import { targetOf, type Job } from './model';
import { pickBatch, type BatchChoice } from './pick';
import { kindOf, type ResultKind } from './resultFiles';

/** Where opened results of a job are kept until it is removed from the list. */
export function resultsFolder({ context }: App, { key }: Pick<Job, 'key'>): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, 'results', key);
}

/** A batch that has a result, and its file ids; undefined after saying why there is none. */
export async function batchWithResult(
  app: App,
  given: unknown,
  placeholder: string,
): Promise<(BatchChoice & { readonly fileIds: readonly string[] }) | undefined> {
  if (!isTrusted('download results')) return undefined;
  const choice = await pickBatch(app, given, {
    placeholder,
    words: ['withResult'],
    none: 'No batch has a result yet.',
  });
  return choice && { ...choice, fileIds: choice.row.batch?.fileIds ?? [] };
}

/** Downloads files one after another, each whole or not at all. False after saying what failed. */
export async function download(
  app: App,
  job: Job,
  files: readonly { readonly id: string; readonly target: string }[],
): Promise<boolean> {
  const { client } = await app.parts();
  const names = files.map(({ target }) => path.basename(target));
  const title = `Downloading ${names.length === 1 ? names[0] : `${names.length} files`}`;
  const failure = await withProgress(title, async (signal, report) => {
    for (const [index, { id, target }] of files.entries()) {
      if (1 < files.length) report(`${index + 1} of ${files.length}`);
      const saved = await saveFile(target, sink => client.download(targetOf(job), id, sink, signal));
      if (!saved.ok) return saved.failure;
    }
    return undefined;
  });
  if (!failure) return true;
  if (failure.kind === 'canceled') return false;
  const { tenant, origin } = job.scope;
  void vscode.window.showErrorMessage(sentence(failure, { action: 'download', tenant, origin }));
  return false;
}

/** What the file at a path holds; undefined where there is no file. */
export async function kindOfFile(file: string): Promise<ResultKind | undefined> {
  const exists = await stat(file).then(
    found => found.isFile(),
    () => false,
  );
  if (!exists) return undefined;
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8192), 0, 8192, 0);
    return kindOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
