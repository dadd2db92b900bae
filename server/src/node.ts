/**
 * The language server under Node. Which transport it speaks stands on the command line: `--stdio` for any editor,
 * `--node-ipc` from VS Code's client library.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';
import { createCatalogue, type CatalogueData } from './zoql/index';

if (!['--stdio', '--node-ipc'].some(transport => process.argv.includes(transport))) {
  process.stderr.write('Start the ZOQL language server with --stdio, or with --node-ipc from a Node process.\n');
  process.exit(2);
}

// The library ends the process when stdin closes; over ipc it looks for its parent only every three seconds.
process.once('disconnect', () => process.exit());

startServer(createConnection(ProposedFeatures.all), {
  loadCatalogue: () => {
    const file = join(__dirname, 'catalogue.data.json');
    return createCatalogue(JSON.parse(readFileSync(file, 'utf8')) as CatalogueData);
  },
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
});
