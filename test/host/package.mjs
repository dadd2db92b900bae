// `node test/host/package.mjs <file.vsix>` builds the extension and packs it.
import { createVSIX } from '@vscode/vsce';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExtension } from '../../esbuild.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Builds dist/ as it is shipped and packs it as the .vsix file `file`. */
export async function packageExtension(file) {
  await buildExtension({ development: false });
  await createVSIX({
    cwd: root,
    packagePath: path.resolve(file),
    dependencies: false, // All of them are in the bundles.
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension(process.argv[2]);
