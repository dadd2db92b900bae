import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from './confirm';
import { submits, type LoggedRequest } from './standIn';

/** Submits what is open and answers the one request that the stand-in received. */
export async function submitOnce(): Promise<LoggedRequest> {
  const before = (await submits()).length;
  await confirmUntilEnd(vscode.commands.executeCommand('zoql.submit'));
  const [received, ...more] = (await submits()).slice(before);
  assert.ok(received, 'a submit was received');
  assert.deepEqual(more, [], 'one press, one job');
  return received;
}

/** The same, drawn as lines `name: query` in the order of the body. */
export async function submittedQueries(): Promise<readonly string[]> {
  const { queries } = JSON.parse((await submitOnce()).body) as Body;
  return queries.map(({ name, query }) => `${name}: ${query}`);
}

interface Body {
  readonly queries: readonly { readonly name: string; readonly query: string }[];
}
