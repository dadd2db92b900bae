/**
 * The language server in a Web Worker: `new Worker('server.worker.js')`. LSP's messages go through `postMessage`, as
 * objects and not as text.
 */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './server';
import bundled from './zoql/catalogue.data.json';
import { createCatalogue } from './zoql/index';

startServer(createConnection(new BrowserMessageReader(globalThis), new BrowserMessageWriter(globalThis)), {
  loadCatalogue: () => createCatalogue(bundled),
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
  now: () => new Date(),
});
