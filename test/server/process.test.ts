/** The server as a process of its own, from the bundle that other editors run. */
import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  CompletionRequest,
  ExitNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';

const folder = mkdtempSync(path.join(tmpdir(), 'zoql-server-'));
const bundle = path.join(folder, 'dist', 'server.cjs');
const running = new Set<ChildProcess>();
const deadline = { timeout: 15_000 };

before(async () => {
  await build({
    entryPoints: ['server/src/node.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
  cpSync('server/src/zoql/catalogue.data.json', path.join(folder, 'dist', 'catalogue.data.json'));
  // As the packed extension has it.
  writeFileSync(path.join(folder, 'readme.md'), '');
});

after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('over stdio: start, complete, shut down, end with 0', deadline, async () => {
  const server = startOverStdio();
  await completesAccounts(server.connection);
  await server.connection.sendRequest(ShutdownRequest.type);
  await server.connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await server.ended, [0, null]);
  assert.equal(server.errors(), '');
});

test('a problem leads to the table of README', deadline, async () => {
  const { connection } = startOverStdio();
  const capabilities = { textDocument: { diagnostic: { codeDescriptionSupport: true } } };
  await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities });
  const uri = 'file:///query.zoql';
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'zoql', version: 1, text: 'select Id,' },
  });
  const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  assert.ok(report.kind === 'full');
  const readme = pathToFileURL(path.join(folder, 'readme.md')).href;
  assert.equal(report.items[0]?.codeDescription?.href, `${readme}#${report.items[0]?.code}`);
  connection.dispose();
});

test(
  'a burst of 2,000 edits brings few lists of problems, each with the version that it is about',
  deadline,
  async () => {
    const { connection } = startOverStdio();
    const lists: PublishDiagnosticsParams[] = [];
    await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities: {} });
    const uri = 'file:///query.zoql';
    const text = 'select Id,';
    const last = 2_001;
    const isOver = new Promise<void>(resolve => {
      connection.onNotification(PublishDiagnosticsNotification.type, list => {
        lists.push(list);
        if (list.version === last) resolve();
      });
    });
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'zoql', version: 1, text },
    });
    for (let version = 2; version <= last; version++) {
      const end = { line: 0, character: text.length + version - 2 };
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: end, end }, text: ',' }],
      });
    }
    await isOver;
    assert.ok(lists.length <= 100, `${lists.length} lists`);
    const versions = lists.map(({ version = NaN }) => version);
    assert.deepEqual(
      versions,
      [...new Set(versions)].sort((one, other) => one - other),
    );
    assert.ok(lists.every(({ diagnostics }) => diagnostics.length > 0));
    connection.dispose();
  },
);

test('over ipc, as the client in VS Code starts it', deadline, async () => {
  const child = fork(bundle, ['--node-ipc'], { stdio: 'pipe' });
  const ended = endOf(child);
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  await completesAccounts(connection);
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await ended, [0, null]);
});

test('exit without shutdown ends with 1', deadline, async () => {
  const server = startOverStdio();
  await completesAccounts(server.connection);
  await server.connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await server.ended, [1, null]);
});

test('the server goes with its client: stdin closes', deadline, async () => {
  const server = startOverStdio();
  await completesAccounts(server.connection);
  const closed = performance.now();
  server.child.stdin?.end();
  await server.ended;
  assert.ok(performance.now() - closed < 1_000, 'within a second');
});

test('the server goes with its client: the client is killed', deadline, async () => {
  const program = `
    const stdio = ['pipe', 'pipe', 'inherit'];
    const server = require('node:child_process').spawn(process.execPath, [process.argv[1], '--stdio'], { stdio });
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'shutdown' });
    server.stdin.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body);
    server.stdout.once('data', () => console.log('the server answers'));`;
  const client = spawn(process.execPath, ['-e', program, bundle], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(client);
  await once(client.stdout, 'data');
  client.kill('SIGKILL');
  // The server has inherited the client's stderr, which closes when both are gone.
  await once(client, 'close');
  running.delete(client);
});

test('the server goes with its client: the ipc channel closes', deadline, async () => {
  const child = fork(bundle, ['--node-ipc'], { stdio: 'pipe' });
  const ended = endOf(child);
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  await completesAccounts(connection);
  const closed = performance.now();
  child.disconnect();
  await ended;
  assert.ok(performance.now() - closed < 1_000, 'within a second');
});

test('bytes that are no message leave the server working', deadline, async () => {
  const server = startOverStdio();
  for (const body of ['{', 'null', '7', '[]', '{}', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":null,"method":null}']) {
    server.child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
  await completesAccounts(server.connection);
  server.child.stdin?.end();
  await server.ended;
});

test('without a transport it says how it is started', deadline, async () => {
  const child = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors = collect(child);
  const [code] = await endOf(child);
  assert.equal(code, 2);
  assert.equal(errors(), 'Start the ZOQL language server with --stdio, or with --node-ipc from a Node process.\n');
});

async function completesAccounts(connection: ProtocolConnection): Promise<void> {
  const uri = 'file:///query.zoql';
  await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'zoql', version: 1, text: 'select  from Account' },
  });
  const position = { line: 0, character: 7 };
  const list = await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
  assert.match(JSON.stringify(list), /"AccountNumber"/);
}

function startOverStdio(): {
  child: ChildProcess;
  connection: ProtocolConnection;
  ended: Promise<unknown[]>;
  errors: () => string;
} {
  const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: 'pipe' });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  return { child, connection, ended: endOf(child), errors: collect(child) };
}

/** Settles with the exit code and the signal. */
function endOf(child: ChildProcess): Promise<unknown[]> {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return once(child, 'exit');
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
