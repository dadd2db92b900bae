import * as vscode from 'vscode';
import type { App } from '../../app';
import { pickBatch } from '../pick';
import { openSource } from '../sources';

/** ZOQL: Open Source File. The file that a batch's query came from, at its statement. */
export async function run(app: App, given?: unknown): Promise<void> {
  const choice = await pickBatch(app, given, {
    placeholder: 'The batch whose file is opened',
    words: ['batch'],
    none: 'There is no job yet.',
  });
  if (!choice) return;
  const { query } = choice.row;
  if (query) await openSource(query);
  else
    void vscode.window.showInformationMessage(
      `Zuora's batch "${choice.row.name}" is none of the queries that were sent.`,
    );
}
