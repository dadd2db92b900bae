import * as vscode from 'vscode';
import { plainName } from '../../../../server/src/zoql/index';
import type { App } from '../../app';
import { givenNames, pickName } from '../pick';

/** ZOQL: Copy Name. As a query of the object writes it; several as a list. */
export async function run(app: App, ...given: readonly unknown[]): Promise<void> {
  const picked = givenNames(given);
  const names = 0 < picked.length ? picked : [await pickName(app, { title: 'Copy Name', of: 'all' })];
  const text = names.flatMap(name => (name ? [plainName(name)] : [])).join(', ');
  if (text === '') return;
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) Copied ${text}`, 3_000);
}
