// Builds the extension: `node esbuild.mjs` writes what is shipped, `node esbuild.mjs --development` what is debugged.
//
// The two packages that activation must not load stay files of their own beside dist/extension.cjs. esbuild splits no
// CommonJS, and `import()` inside one bundle would still have VS Code read and scan them at every start (measured: 18 ms
// to load the one bundle, below 1 ms without the two).
import { build } from 'esbuild';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = path.dirname(fileURLToPath(import.meta.url));

/** Package → the file in dist that holds it. Loaded on the first `import()` of a module that uses it. */
const lazyPackages = {
  'vscode-languageclient/node': 'vscode-languageclient',
  'node-fetch': 'node-fetch',
};

/** The extension's ES modules take the whole of a CommonJS file for its default export: node-fetch's has to be that. */
const defaultExportIsTheModule = 'if (module.exports.default) module.exports = module.exports.default;';

/** Points imports of the lazy packages at their files. */
const keepLazyPackagesApart = {
  name: 'keep-lazy-packages-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^(vscode-languageclient\/node|node-fetch)$/ }, ({ path: name, kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${lazyPackages[name]}.cjs`, external: true },
    );
  },
};

/**
 * Writes the folder `dist`: extension.cjs, the lazy packages, server.cjs and the catalogue, which both read when they first
 * need it; and for others server.worker.js, the server in a Web Worker, and zoql.mjs, the language library.
 *
 * Source maps of the shipped build are written beside the files but neither named in them nor packed.
 */
export async function buildExtension({ development, dist = path.join(root, 'dist') }) {
  const options = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    minify: !development,
    sourcemap: development ? 'linked' : 'external',
    logLevel: 'warning',
  };
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await Promise.all([
    build({
      ...options,
      entryPoints: { extension: 'client/src/node.ts' },
      plugins: [keepLazyPackagesApart],
      // Makes `import()` a late `require()`: Node's own import() cannot tell the names that a bundled package exports.
      supported: { 'dynamic-import': false },
    }),
    ...Object.entries(lazyPackages).map(([name, file]) =>
      build({ ...options, entryPoints: { [file]: name }, footer: { js: defaultExportIsTheModule } }),
    ),
    build({ ...options, entryPoints: { server: 'server/src/node.ts' } }),
    build({
      ...options,
      entryPoints: { 'server.worker': 'server/src/browser.ts' },
      platform: 'browser',
      format: 'iife',
      outExtension: { '.js': '.js' },
    }),
    build({
      ...options,
      entryPoints: { zoql: 'server/src/zoql/index.ts' },
      platform: 'browser',
      format: 'esm',
      outExtension: { '.js': '.mjs' },
    }),
    writeTypes(dist),
    copyFile(path.join(root, 'server/src/zoql/catalogue.data.json'), path.join(dist, 'catalogue.data.json')),
  ]);
}

/** Writes the declarations of the language library: zoql.d.mts, and what it is made of in the folder `types`. */
async function writeTypes(dist) {
  const { options } = ts.parseJsonConfigFileContent({ extends: './tsconfig.json', files: [] }, ts.sys, root);
  const program = ts.createProgram([path.join(root, 'server', 'src', 'zoql', 'index.ts')], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: path.join(dist, 'types'),
  });
  // Node's own module resolution, which others may use, knows no import without an extension.
  program.emit(undefined, (file, text) =>
    ts.sys.writeFile(file.replace(/\.d\.ts$/, '.d.mts'), text.replace(/(from|import\() ?'(\.[^']*)'/g, "$1 '$2.mjs'")),
  );
  await writeFile(path.join(dist, 'zoql.d.mts'), "export * from './types/index.mjs';\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildExtension({ development: process.argv.includes('--development') });
}
