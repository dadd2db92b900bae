// `node test/host/package.mjs <file.vsix>` builds the extension and packs it.
import { createVSIX, listFiles } from '@vscode/vsce';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExtension } from '../../esbuild.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where anything that .vscodeignore lets through can be. */
const sources = [
  ...['.vscodeignore', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
  ...['dist', 'syntaxes', 'client', 'server'],
];

/** Builds dist/ as it is shipped and packs it as the .vsix file `file`. */
export async function packageExtension(file) {
  await buildExtension({ development: false });
  await inSmallFolder(cwd =>
    createVSIX({
      cwd,
      packagePath: path.resolve(file),
      dependencies: false, // All of them are in the bundles.
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    }),
  );
}

/** Builds dist/ and answers the files that the .vsix holds, in order. */
export async function packagedFiles() {
  await buildExtension({ development: false });
  const files = await inSmallFolder(cwd => listFiles({ cwd, dependencies: false }));
  return files.sort();
}

/** vsce looks at every file below its folder, 15 s for the ones of the VS Code hosts: it gets a copy without those. */
async function inSmallFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'package-'));
  try {
    for (const name of sources.filter(name => existsSync(path.join(root, name)))) {
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension(process.argv[2]);
