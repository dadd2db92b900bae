// The language server in a Web Worker of a real browser.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../readme.mjs';
import { openPage } from './serve.mjs';

const dist = path.join(root, 'dist');

test('a worker completes, and reports problems', async () => {
  const { page, close } = await openPage(dist);
  try {
    const answer = await page.evaluate(talk);
    assert.equal(answer.server, 'zoql');
    assert.ok(answer.labels.includes('AccountNumber'), answer.labels.join());
    assert.deepEqual(answer.problems, ['expected-field']);
  } finally {
    await close();
  }
});

/** Runs in the page: speaks LSP with the worker, whose messages are plain objects. */
async function talk() {
  const worker = new Worker('/server.worker.js');
  const waiting = new Map();
  const published = new Promise((resolve, reject) => {
    worker.onerror = event => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if (data.method === 'textDocument/publishDiagnostics') resolve(data.params.diagnostics);
      else if (data.method === undefined) waiting.get(data.id)?.(data.result);
    };
  });
  let id = 0;
  const ask = (method, params) =>
    new Promise(resolve => {
      waiting.set(++id, resolve);
      worker.postMessage({ jsonrpc: '2.0', id, method, params });
    });
  const tell = (method, params) => worker.postMessage({ jsonrpc: '2.0', method, params });

  const { serverInfo } = await ask('initialize', { processId: null, rootUri: null, capabilities: {} });
  tell('initialized', {});
  const uri = 'inmemory://query.zoql';
  tell('textDocument/didOpen', {
    textDocument: { uri, languageId: 'zoql', version: 1, text: 'select Id,  from Account' },
  });
  const problems = await published;
  const { items } = await ask('textDocument/completion', {
    textDocument: { uri },
    position: { line: 0, character: 11 },
  });
  worker.terminate();
  return {
    server: serverInfo.name,
    labels: items.map(item => item.label),
    problems: problems.map(problem => problem.code),
  };
}
