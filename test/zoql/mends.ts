/** Quick fixes and rewrites as texts: the text before with a | where the cursor is, and the text after. */
import assert from 'node:assert/strict';
import {
  applyEdits,
  codeActions,
  openDocument,
  type Catalogue,
  type CodeAction,
  type DialectSetting,
} from '../../server/src/zoql/index';
import { fixture } from './catalogues';
import { withCursor } from './helpers';
import { problemsOf } from './problems';

export interface Options {
  readonly catalogue?: Catalogue;
  readonly queryType?: DialectSetting;
  /** LSP's kinds of actions that are asked for. */
  readonly only?: readonly string[];
}

/** Asserts what the action of that title makes of the text. A quick fix takes its problem away and adds none. */
export function mends(marked: string, title: string, expected: string, options: Options = {}): void {
  const { text } = withCursor(marked);
  const all = actionsAt(marked, options);
  const action = all.find(candidate => candidate.title === title);
  assert.ok(action, `${title} is not offered, but ${all.map(candidate => candidate.title).join(', ') || 'nothing'}`);
  const after = applyEdits(text, action.edits);
  assert.equal(after, expected);
  if (action.problem) assertMended(text, after, action.problem.code, options);
}

/**
 * Asserts the titles that are offered, one a line; a star stands before what an editor applies by one key. Only quick
 * fixes count, unless `only` asks for something else.
 */
export function proposes(marked: string, titles: readonly string[], options: Options = {}): void {
  const drawn = actionsAt(marked, { only: ['quickfix'], ...options }).map(({ title, preferred }) =>
    preferred ? `* ${title}` : title,
  );
  assert.deepEqual(drawn, titles);
}

/** Asserts that no action is offered whose title begins so. */
export function withholds(marked: string, title: string, options: Options = {}): void {
  const found = actionsAt(marked, options).filter(action => action.title.startsWith(title));
  assert.deepEqual(found, []);
}

/**
 * Fails where a problem of `code` is not gone after the change, or another one has come. Hints and information may come:
 * they advise on what only now can be read.
 */
function assertMended(before: string, after: string, code: string, options: Options = {}): void {
  const left = codesOf(before, options);
  left.splice(left.indexOf(code), 1);
  const { catalogue, queryType = 'auto' } = options;
  for (const { code: found, severity } of problemsOf(after, queryType, catalogue)) {
    if (found !== code && (severity === 'hint' || severity === 'information')) continue;
    const index = left.indexOf(found);
    assert.notEqual(index, -1, `${found} is there after the fix:\n${after}`);
    left.splice(index, 1);
  }
}

function actionsAt(marked: string, { catalogue = fixture, queryType = 'auto', only }: Options): readonly CodeAction[] {
  const { text, offset } = withCursor(marked);
  return codeActions(openDocument(text), { start: offset, end: offset }, { catalogue, queryType }, only);
}

function codesOf(text: string, { catalogue, queryType = 'auto' }: Options): string[] {
  return problemsOf(text, queryType, catalogue).map(({ code }) => code);
}
