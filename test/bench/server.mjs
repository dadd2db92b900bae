// A language server in a process of its own, over stdio, as the bench drives it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const uri = 'file:///bench.zoql';
const cancelled = -32800;

/**
 * Starts a bundle and opens a file in it.
 *
 * @param options `bundle`: its path; `text`: the file's; `line` and `character`: where is typed; `given`: what the echo
 * server answers; `pushed`: a client that never asks for problems.
 */
export async function startServer({ bundle, text, line, character, given, pushed = false }) {
  const begun = performance.now();
  const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise(resolve => child.once('exit', resolve));
  const reader = new StreamMessageReader(child.stdout);
  let heard = () => undefined;
  const listen = reader.listen.bind(reader);
  reader.listen = callback => listen(message => (heard(message), callback(message)));
  const connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
  const published = [];
  connection.onNotification('textDocument/publishDiagnostics', list => published.push(list));
  let askedAgain = () => undefined;
  connection.onRequest('workspace/diagnostic/refresh', () => void askedAgain());
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: pushed
      ? {}
      : { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
    initializationOptions: given,
  });
  await connection.sendNotification('initialized', {});

  let version = 1;
  const textDocument = { uri };
  const edit = typed => {
    const position = { line, character };
    character += typed.length;
    return connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range: { start: position, end: position }, text: typed }],
    });
  };
  const complete = () =>
    connection.sendRequest('textDocument/completion', { textDocument, position: { line, character } });
  const open = () =>
    connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'zoql', version, text },
    });
  const diagnose = () => connection.sendRequest('textDocument/diagnostic', { textDocument });
  /** As editors do: an answer without a name is not the last one, and the server says when to ask again. */
  const diagnoseAll = async () => {
    for (;;) {
      const again = new Promise(resolve => (askedAgain = resolve));
      const { resultId, items } = await diagnose();
      if (resultId !== undefined) return items;
      await again;
    }
  };
  const timed = async action => {
    const started = performance.now();
    await action();
    return performance.now() - started;
  };

  /** The answers to requests that the connection has not sent, by their ids. */
  const answersTo = ids =>
    new Promise(resolve => {
      const waiting = new Set(ids);
      const answers = [];
      heard = message => {
        if (!waiting.delete(message.id)) return;
        answers.push(message);
        if (waiting.size === 0) resolve(answers);
      };
    });

  return {
    published,
    open,
    complete,
    sinceStart: () => performance.now() - begun,
    diagnoseAll,
    /** Milliseconds from the file's opening to the first answer with problems. */
    openAndDiagnose: () => timed(async () => (await open(), await diagnose())),
    /** Milliseconds from the file's opening until all of its problems are there. */
    openAndDiagnoseAll: () => timed(async () => (await open(), await diagnoseAll())),
    // Now and then a comma, so that the list stays one of short names as a person types them.
    type: () => timed(async () => (await edit(version % 6 === 0 ? ', ' : 'A'), await complete())),
    burst: count =>
      timed(async () => {
        for (let number = 0; number < count; number++) await edit(number % 6 === 0 ? ', ' : 'A');
        await complete();
      }),
    /** Sends requests and takes all of them back in one write, as an editor does that has read on meanwhile. */
    cancel: count =>
      timed(async () => {
        const ids = Array.from({ length: count }, (_, number) => `cancelled-${++version}-${number}`);
        const params = { textDocument, position: { line, character } };
        const answers = answersTo(ids);
        child.stdin.write(
          [
            ...ids.map(id => packed({ id, method: 'textDocument/completion', params })),
            ...ids.map(id => packed({ method: '$/cancelRequest', params: { id } })),
          ].join(''),
        );
        const errors = (await answers).filter(({ error }) => error?.code === cancelled);
        if (errors.length < count / 2) throw new Error(`Only ${errors.length} of ${count} requests were cancelled`);
      }),
    /** What the process has computed so far, in milliseconds; only Linux tells. */
    cpuMilliseconds: () => {
      const file = `/proc/${child.pid}/stat`;
      if (!existsSync(file)) return NaN;
      const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    residentMegabytes: () => {
      const status = `/proc/${child.pid}/status`;
      return existsSync(status) ? Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))[1]) / 1024 : NaN;
    },
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await exited;
      connection.dispose();
    },
  };
}

/** A message as it goes over the wire. */
function packed(message) {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
