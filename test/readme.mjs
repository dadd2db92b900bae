// README's snippets, so that what is tested is what people copy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The code below `<!-- tested: name -->`, with this folder in the place of /path/to/zoql. */
export function snippet(name) {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const code = new RegExp(`<!-- tested: ${name} -->\\s*\`\`\`\\w+\\n([^]*?)\`\`\``).exec(readme)?.[1];
  assert.ok(code, `README has a snippet for ${name}`);
  return code.replaceAll('/path/to/zoql', root);
}
