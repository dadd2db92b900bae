/** What README says of the language: every example below a mark `<!-- tested: … -->` is tried over the bundled facts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  applyEdits,
  codeActions,
  completions,
  defaultFormatOptions,
  format,
  openDocument,
  type Context,
} from '../../server/src/zoql/index';
import { bundled } from './catalogues';
import { withCursor } from './helpers';
import { check } from './problems';

const context: Context = { catalogue: bundled, queryType: 'auto' };

test('what is wrong is drawn as README draws it', () => {
  for (const example of examples('problems')) {
    const text = example
      .split('\n')
      .filter(line => !/^ *\^/.test(line))
      .join('\n');
    check(text, example, 'auto', bundled);
  }
});

test('a fix makes of the first text the second', () => {
  for (const example of examples('fixes')) {
    const [, before = '', title = '', after = ''] = /^([^]*)\n→ (.*)\n([^]*)$/.exec(example) ?? [];
    const document = openDocument(before);
    const everywhere = { start: 0, end: before.length };
    const all = codeActions(document, everywhere, context);
    const action = all.find(candidate => candidate.title === title);
    assert.ok(action, `${title} is offered for ${before}, not only ${all.map(each => each.title).join(', ')}`);
    assert.equal(applyEdits(before, action.edits), after);
  }
});

test('at the bar stands in the list what README says', () => {
  for (const example of examples('completion').flatMap(block => block.split('\n'))) {
    const [, marked = '', labels = ''] = /^(.*?) +→ (.*)$/.exec(example) ?? [];
    const { text, offset } = withCursor(marked);
    const offered = completions(openDocument(text), offset, context).items.map(({ label }) => label);
    for (const label of labels.split(/,? {2,}|, /)) {
      assert.ok(offered.includes(label), `${marked} offers ${label}, not only ${offered.join(', ')}`);
    }
  }
});

test('formatting makes of the first text the second', () => {
  for (const example of examples('formatting')) {
    const [before = '', after = ''] = example.split('\n→\n');
    const options = { ...defaultFormatOptions, insertFinalNewline: false };
    assert.equal(applyEdits(before, format(openDocument(before), options)), after);
  }
});

/** The blocks of code below a mark, each split where an empty line stands. */
function examples(mark: string): string[] {
  const readme = readFileSync('README.md', 'utf8');
  const blocks = [...readme.matchAll(new RegExp(`<!-- tested: ${mark} -->\\s*\`\`\`\\w+\\n([^]*?)\\n\`\`\``, 'g'))];
  const found = blocks.flatMap(([, block = '']) => block.split('\n\n'));
  assert.ok(0 < found.length, `README has examples of ${mark}`);
  return found;
}
