/**
 * What tests of highlights, definition, references and rename share. The files that are open stand in one text, each
 * below a line such as `== b.zoql`; a | is where the cursor is. Without such a line there is one file.
 */
import assert from 'node:assert/strict';
import {
  applyEdits,
  openDocument,
  type Context,
  type FileSpan,
  type OpenText,
  type TextEdit,
} from '../../server/src/zoql/index';
import { fixture } from './catalogues';
import { withCursor } from './helpers';

export const context: Context = { catalogue: fixture, queryType: 'auto' };

export interface Opened {
  readonly file: OpenText;
  readonly files: readonly OpenText[];
  readonly offset: number;
}

export function openAll(marked: string): Opened {
  let opened: { readonly file: OpenText; readonly offset: number } | undefined;
  const files = partsOf(marked).map(({ uri, text }) => {
    if (!text.includes('|')) return { uri, document: openDocument(text) };
    const cursor = withCursor(text);
    const file = { uri, document: openDocument(cursor.text) };
    opened = { file, offset: cursor.offset };
    return file;
  });
  assert.ok(opened, 'the fixture needs a | where the cursor is');
  return { ...opened, files };
}

/** The texts with the spans in ‹›, and files that have none left out. */
export function drawSpans(
  { files }: Opened,
  spans: readonly FileSpan[],
  note: (index: number) => string = () => '',
): string {
  const edits = spans.flatMap(({ uri, start, end }, index) => [
    { uri, start, end: start, newText: `‹${note(index)}` },
    { uri, start: end, end, newText: '›' },
  ]);
  return drawEdited(files, edits);
}

/** The texts after the edits, and files that have none left out. */
export function drawEdited(files: readonly OpenText[], edits: readonly (TextEdit & FileSpan)[]): string {
  const touched = files.filter(({ uri }) => edits.some(edit => edit.uri === uri));
  return touched
    .map(({ uri, document }) => {
      const own = edits.filter(edit => edit.uri === uri);
      return `${files.length === 1 ? '' : `== ${uri}\n`}${applyEdits(document.text, own)}`;
    })
    .join('\n');
}

function partsOf(marked: string): { readonly uri: string; readonly text: string }[] {
  if (!marked.startsWith('== ')) return [{ uri: 'a.zoql', text: marked }];
  return marked
    .split(/^== /m)
    .slice(1)
    .map(part => ({
      uri: part.slice(0, part.indexOf('\n')),
      text: part.slice(part.indexOf('\n') + 1).replace(/\n$/, ''),
    }));
}
