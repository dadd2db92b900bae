// node test/tables.mjs           says whether README's tables, and the problems that package.json's setting of severities
//                                lists, are what the code says; exit code 1 where one is not
// node test/tables.mjs --write   writes them (npm run tables)
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const manifestFile = path.join(root, 'package.json');
const manifestBefore = readFileSync(manifestFile, 'utf8');
const manifest = JSON.parse(manifestBefore);
const codes = await problemCodes();
settings(manifest)['zoql.problems.severity'].properties = severities(codes);
const manifestAfter = `${JSON.stringify(manifest, null, 2)}\n`;
const file = path.join(root, 'README.md');

const tables = {
  settings: () =>
    table(
      ['setting', 'default', 'meaning'],
      Object.entries(settings(manifest)).map(([name, setting]) => [
        `\`${name}\``,
        isUnset(setting.default) ? '' : `\`${JSON.stringify(setting.default)}\``,
        plain(setting.markdownDescription),
      ]),
    ),
  problems: () =>
    table(
      ['code', 'severity', 'meaning'],
      // The anchor is what a diagnostic's link leads to.
      Object.entries(codes).map(([code, { severity, meaning }]) => [
        `<a id="${code}"></a>\`${code}\``,
        severity,
        meaning,
      ]),
    ),
  dependencies: () =>
    table(
      ['package', 'why'],
      [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].map(name => [
        `\`${name}\``,
        reasons[name] ?? missingReason(name),
      ]),
    ),
};

/** Why each package is here. A new one needs its line. */
const reasons = {
  cockatiel: 'retry with back-off for what is safe to repeat',
  'fastest-levenshtein': 'edit distance: which name a misspelt one is nearest to',
  'node-fetch': "the network: reads `http.request` at call time, so that VS Code's proxy and certificates cover it",
  saxes: 'reads the XML of a tenant’s objects as it comes, and expands no entity that it defines itself',
  valibot: 'checks what Zuora answers, and gives the types',
  'vscode-languageclient': 'starts the language server and speaks LSP with it',
  'vscode-languageserver': 'LSP on the server side',
  'vscode-languageserver-textdocument': "keeps the server's documents",
  '@duckdb/node-api': 'tests: runs the queries of the Zuora stand-in',
  '@types/mocha': 'types',
  '@types/node': 'types',
  '@types/vscode': 'types of the oldest VS Code that is supported',
  '@vscode/test-electron': 'tests: runs suites inside VS Code, and fetches a desktop VS Code for `npm start`',
  '@vscode/vsce': 'packs the extension',
  ajv: 'tests: checks every request against the AQuA schema',
  esbuild: 'bundles',
  eslint: 'lint',
  'fast-check': 'tests: properties that hold for every text',
  knip: 'finds unused files, exports and packages',
  mocha: 'tests inside VS Code',
  'playwright-core': 'tests: drives a real browser',
  prettier: 'format',
  typescript: 'the language of this project',
  'typescript-eslint': 'lint for TypeScript',
  'vscode-languageserver-protocol': 'tests: speaks LSP with the server',
  'vscode-oniguruma': 'tests: the engine that VS Code runs grammars with',
  'vscode-textmate': 'tests: as above',
  'vscode-tmgrammar-test': 'tests of the grammar',
};

const before = readFileSync(file, 'utf8');
let after = before;
for (const [name, make] of Object.entries(tables)) {
  const pattern = new RegExp(`(<!-- ${name}: [^>]*-->)[^]*?(<!-- end -->)`);
  if (!pattern.test(after)) throw new Error(`README.md has no place for the table of ${name}`);
  const text = await make();
  after = after.replace(pattern, (_, start, end) => `${start}\n\n${text}\n\n${end}`);
}
after = await format(after, { ...(await resolveConfig(file)), filepath: file });

const outdated = [
  { name: 'README.md', file, before, after },
  { name: 'package.json', file: manifestFile, before: manifestBefore, after: manifestAfter },
].filter(each => each.before !== each.after);
if (process.argv.includes('--write')) {
  for (const each of outdated) writeFileSync(each.file, each.after);
} else if (outdated.length > 0) {
  const names = outdated.map(({ name }) => name).join(' and ');
  console.error(`${names} do not say what the code says; \`npm run tables\` writes the tables`);
  process.exit(1);
}

/** What the settings page offers for each code, as JSON schemas. */
function severities(codes) {
  return Object.fromEntries(
    Object.entries(codes).map(([code, { severity, meaning }]) => [
      code,
      {
        type: 'string',
        enum: ['error', 'warning', 'information', 'hint', 'off'],
        description: `${meaning} Usually: ${severity}.`,
      },
    ]),
  );
}

function table(head, rows) {
  const line = cells => `| ${cells.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function settings({ contributes: { configuration } }) {
  return Object.assign({}, ...[configuration].flat().map(part => part.properties));
}

function isUnset(value) {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    JSON.stringify(value) === '{}' ||
    JSON.stringify(value) === '[]'
  );
}

/** A settings page's links to other settings are no links here. */
function plain(markdown) {
  return markdown.replaceAll(/`#([\w.]+)#`/g, '`$1`').replaceAll(/\s*\n\s*/g, ' ');
}

async function problemCodes() {
  const outfile = path.join(root, 'out', 'tables', 'problemCodes.mjs');
  await build({
    entryPoints: [path.join(root, 'server', 'src', 'zoql', 'problemCodes.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return (await import(pathToFileURL(outfile).href)).problemCodes;
}

function missingReason(name) {
  throw new Error(`test/tables.mjs has no reason for the package ${name}`);
}
