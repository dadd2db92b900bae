/**
 * Real queries, read with the bundled catalogue: whatever people wrote must have been on offer where they wrote it. The
 * queries are kept outside this repository, in the folder that ZOQL_CORPUS names; completionInvariant.test.ts asks the
 * same of this project's own.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { completions, openDocument, TokenKind, type Statement } from '../../server/src/zoql/index';
import { bundled } from './catalogues';

const folder = process.env['ZOQL_CORPUS'];
if (folder !== undefined) {
  const [, ...rows] = readFileSync(path.join(folder, 'valid.tsv'), 'utf8').trimEnd().split('\n');
  for (const row of rows) {
    const [id = '', dialect, , escaped = ''] = row.split('\t');
    const query = escaped.replace(/\\(n|\\)/g, (_, code) => (code === 'n' ? '\n' : '\\'));
    const queryType = dialect === 'export' ? 'zoqlexport' : dialect === 'zoql' ? 'zoql' : 'auto';
    test(`${id} could have been completed word by word: ${query}`, () => {
      const document = openDocument(query);
      const missing = document.statements.flatMap(namesAndKeywords).filter(({ end, text }) => {
        const { items } = completions(document, end, { catalogue: bundled, queryType });
        const offered = items.flatMap(({ label, filterText = '' }) => `${label} ${filterText}`.split(/[ .]/));
        return !offered.some(word => word.toLowerCase() === text.toLowerCase());
      });
      assert.deepEqual(
        missing.map(({ text }) => text),
        [],
      );
    });
  }
}

/** The words that completion can know: no alias, no field of a tenant, and no operator whose value is there already. */
function namesAndKeywords({ text, parsed }: Statement): { end: number; text: string }[] {
  const { tokens, query } = parsed;
  const aliases = new Set(query.items.flatMap(({ alias }) => (alias ? [alias.start] : [])));
  const words: { end: number; text: string }[] = [];
  for (let index = 0; index < tokens.count; index++) {
    const kind = tokens.kinds[index] ?? 0;
    const start = tokens.starts[index] ?? 0;
    const end = tokens.ends[index] ?? 0;
    const word = text.slice(start, end);
    const isOperator = kind === TokenKind.like || kind === TokenKind.is;
    if (kind >= TokenKind.word && !isOperator && !aliases.has(start) && !/__c$/i.test(word)) {
      words.push({ end, text: word });
    }
  }
  return words;
}
