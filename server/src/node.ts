/**
 * The language server under Node. Which transport it speaks stands on the command line: `--stdio` for any editor,
 * `--node-ipc` from VS Code's client library.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';
import { watchText } from './watchText';
import { createCatalogue, type CatalogueData } from './zoql/index';

if (!['--stdio', '--node-ipc'].some(transport => process.argv.includes(transport))) {
  process.stderr.write('Start the ZOQL language server with --stdio, or with --node-ipc from a Node process.\n');
  process.exit(2);
}

// The library ends the process when stdin closes; over ipc it looks for its parent only every three seconds.
process.once('disconnect', () => process.exit());

// Looked for when the first problem is sent, and not at the start; empty where there is none.
let readme: string | undefined;

startServer(createConnection(ProposedFeatures.all), {
  loadCatalogue: () => {
    const file = join(__dirname, 'catalogue.data.json');
    return createCatalogue(JSON.parse(readFileSync(file, 'utf8')) as CatalogueData);
  },
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
  now: () => new Date(),
  watchText,
  documentation: code => {
    readme ??= findReadme() ?? '';
    return readme === '' ? undefined : `${readme}#${code}`;
  },
});

function findReadme(): string | undefined {
  // The packed extension has the file in small letters.
  const files = ['README.md', 'readme.md'].map(name => join(__dirname, '..', name));
  const file = files.find(each => existsSync(each));
  return file && pathToFileURL(file).href;
}
