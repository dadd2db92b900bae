/**
 * The language server under Node. Which transport it speaks stands on the command line: `--stdio` for any editor,
 * `--node-ipc` from VS Code's client library.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';
import { createCatalogue, type CatalogueData } from './zoql/index';

if (!['--stdio', '--node-ipc'].some(transport => process.argv.includes(transport))) {
  process.stderr.write('Start the ZOQL language server with --stdio, or with --node-ipc from a Node process.\n');
  process.exit(2);
}

// The library ends the process when stdin closes; over ipc it looks for its parent only every three seconds.
process.once('disconnect', () => process.exit());

// The packed extension has the file in small letters.
const readme = ['README.md', 'readme.md']
  .map(name => join(__dirname, '..', name))
  .filter(file => existsSync(file))
  .map(file => pathToFileURL(file).href)[0];

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
  documentation: code => (readme === undefined ? undefined : `${readme}#${code}`),
});
