// `node test/host/package.mjs <file.vsix>` builds the extension and packs it.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExtension } from '../../esbuild.mjs';
import { runQuietly } from './setup.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where anything that .vscodeignore lets through can be; dist/ is built afresh. */
const sources = [
  ...['.vscodeignore', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
  ...['syntaxes', 'client', 'server'],
];

/** Builds the extension as it is shipped and packs it as the .vsix file `file`. */
export async function packageExtension(file) {
  const options = ['--allow-missing-repository', '--no-rewrite-relative-links', '--out', path.resolve(file)];
  await inSmallFolder(folder => vsce(folder, ['package', ...options]));
}

/** Builds the extension and answers the files that the .vsix holds, in order. */
export async function packagedFiles() {
  const output = await inSmallFolder(folder => vsce(folder, ['ls']));
  return output.split('\n').filter(Boolean).sort();
}

/** vsce looks at every file below its folder, 15 s for the ones of the VS Code hosts: it gets a copy without those. */
async function inSmallFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'package-'));
  try {
    for (const name of sources.filter(name => existsSync(path.join(root, name)))) {
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    await buildExtension({ development: false, dist: path.join(folder, 'dist') });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without dependencies: all of them are in the bundles. */
function vsce(cwd, args) {
  const program = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
  return runQuietly(process.execPath, [program, ...args, '--no-dependencies'], { cwd });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension(process.argv[2]);
