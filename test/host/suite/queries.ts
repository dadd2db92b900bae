import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from './confirm';
import { submits, type LoggedRequest } from './standIn';

/** Submits, by default what is open, and answers the one request that the stand-in received. */
export async function submitOnce(command = 'zoql.submit', ...given: readonly unknown[]): Promise<LoggedRequest> {
  const before = (await submits()).length;
  await confirmUntilEnd(vscode.commands.executeCommand(command, ...given));
  const [received, ...more] = (await submits()).slice(before);
  assert.ok(received, 'a submit was received');
  assert.deepEqual(more, [], 'one press, one job');
  return received;
}

/** The same, drawn as lines `name: query` in the order of the body. */
export async function submittedQueries(
  command = 'zoql.submit',
  ...given: readonly unknown[]
): Promise<readonly string[]> {
  const { queries } = JSON.parse((await submitOnce(command, ...given)).body) as Body;
  return queries.map(({ name, query }) => `${name}: ${query}`);
}

interface Body {
  readonly queries: readonly { readonly name: string; readonly query: string }[];
}
