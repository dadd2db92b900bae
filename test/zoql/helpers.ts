/**
 * What tests of completion and hover share. A fixture is a text with a | where the cursor is; unless they say otherwise,
 * tests read it with the small catalogue of catalogues.ts and the setting `auto`.
 */
import assert from 'node:assert/strict';
import type { Catalogue } from '../../server/src/zoql/catalogue';
import {
  completions,
  type CompletionItem,
  type CompletionList,
  type CompletionOptions,
} from '../../server/src/zoql/completion';
import type { DialectSetting } from '../../server/src/zoql/dialect';
import { openDocument } from '../../server/src/zoql/document';
import { hover } from '../../server/src/zoql/hover';
import { fixture } from './catalogues';

export interface Options extends CompletionOptions {
  readonly catalogue?: Catalogue;
  readonly queryType?: DialectSetting;
  /** Leaves only items of these kinds, e.g. `field relation`. */
  readonly kinds?: string;
}

/** Splits "select | from Account" into the text and the cursor's offset. */
export function withCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  assert.notEqual(offset, -1, 'the fixture needs a | where the cursor is');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** Asserts the whole list: an item a line, with kind, label and detail, in the order that an editor shows. */
export function completes(marked: string, expected: string, options: Options = {}): void {
  const items = shown(marked, options);
  const kindWidth = Math.max(0, ...items.map(({ kind }) => kind.length));
  const labelWidth = Math.max(0, ...items.map(({ label }) => label.length));
  const drawn = items.map(({ kind, label, detail = '' }) =>
    `${kind.padEnd(kindWidth)} ${label.padEnd(labelWidth)} ${detail}`.trimEnd(),
  );
  assert.equal(drawn.join('\n'), unindented(expected));
}

/** Asserts the labels of the list in the order that an editor shows. */
export function offers(marked: string, labels: string, options: Options = {}): void {
  const drawn = shown(marked, options).map(({ label }) => label);
  assert.equal(drawn.join(', '), labels);
}

/** Asserts the text that is there once the item of that label is accepted, with a | where the cursor is then. */
export function accepts(marked: string, label: string, expected: string, options: Options = {}): void {
  const { text } = withCursor(marked);
  const list = complete(marked, options);
  const item = list.items.find(candidate => candidate.label === label);
  assert.ok(item, `${label} is not offered, but ${list.items.map(candidate => candidate.label).join(', ')}`);
  const accepted = accept(text, item, item.replace ?? list.replace);
  assert.equal(`${accepted.text.slice(0, accepted.caret)}|${accepted.text.slice(accepted.caret)}`, expected);
}

/** The text with the item in the place of `span`, as an editor that knows snippets leaves it. */
export function accept(
  text: string,
  { label, insertText = label, snippet }: CompletionItem,
  span: { readonly start: number; readonly end: number },
): { readonly text: string; readonly caret: number } {
  // Each place holds its first text; a bare $1 is where the cursor is then.
  const filled = snippet?.replace(/\$\{\d(?::|\|([^,|]*),[^}]*)([^}]*)\}/g, '$1$2');
  const first = filled?.indexOf('$1') ?? -1;
  const inserted = filled?.replace('$1', '') ?? insertText;
  return {
    text: text.slice(0, span.start) + inserted + text.slice(span.end),
    caret: span.start + (first === -1 ? inserted.length : first),
  };
}

export function complete(marked: string, options: Options = {}): CompletionList {
  const { catalogue = fixture, queryType = 'auto', triggerCharacter, today = '2026-11-23' } = options;
  const { text, offset } = withCursor(marked);
  return completions(openDocument(text), offset, { catalogue, queryType }, { triggerCharacter, today });
}

/** Asserts what hovering shows: the text that it is about, and its Markdown. */
export function hovers(
  marked: string,
  expected: string,
  { catalogue = fixture, queryType = 'auto', today }: Options = {},
): void {
  const { text, offset } = withCursor(marked);
  const found = hover(openDocument(text), offset, { catalogue, queryType }, { today });
  const drawn = found ? `${text.slice(found.span.start, found.span.end)}\n---\n${found.markdown}` : '';
  assert.equal(drawn, unindented(expected));
}

function shown(marked: string, options: Options): CompletionItem[] {
  const { kinds } = options;
  const { items } = complete(marked, options);
  const key = ({ sortText, label }: CompletionItem): string => sortText + label;
  return items
    .filter(({ kind }) => kinds === undefined || kinds.split(' ').includes(kind))
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Takes the indentation away that a template literal has in a test file, and its first and last line break. */
function unindented(expected: string): string {
  const lines = expected.split('\n');
  if (lines[0]?.trim() === '') lines.shift();
  if (lines.at(-1)?.trim() === '') lines.pop();
  const indent = Math.min(
    ...lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length),
  );
  return lines.map(line => line.slice(indent)).join('\n');
}
