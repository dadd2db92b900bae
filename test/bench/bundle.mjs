// Joins modules of the product into one file, as small as they are shipped, for the windows that a bench starts.
import { build } from 'esbuild';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Writes everything that the modules export, which are named from the project's root, to `outfile`. */
export async function bundle(modules, outfile) {
  await build({
    stdin: { contents: modules.map(each => `export * from './${each}';`).join('\n'), resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
  });
}
