import {
  DocumentDiagnosticReportKind,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver';
import { toDiagnostic } from '../convert';
import type { OpenFile } from '../documents';
import type { Feature, Server } from '../feature';
import { serverName } from '../protocol';
import { problemsOfFile } from '../problemsOfFile';
import { createPush } from '../push';
import { createRestOfFiles, type RestOfFiles } from '../restOfFiles';

/**
 * For clients that ask, and by itself for those that never do. Of a large file the first problems come at once; the rest
 * is looked for between the editor's questions, and comes when all of it is known.
 */
export const diagnostics: Feature = {
  abilities: () => ({
    diagnosticProvider: { identifier: serverName, interFileDependencies: false, workspaceDiagnostics: false },
  }),
  listen: server => {
    pull(server);
    push(server);
  },
};

function pull(server: Server): void {
  const { connection, files } = server;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const rest = restOfFiles(server, askAgain);
  connection.languages.diagnostics.on(
    server.handler<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      'diagnostics',
      nothing,
      (file, { previousResultId }) => {
        const resultId = `${file.revision}.${server.contextNumber}`;
        if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        const { items, isWhole } = canRefresh(server)
          ? firstDiagnostics(file, server)
          : diagnosticsOf(file, server, Infinity);
        if (isWhole) return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
        rest.begin(file.uri);
        // Without a name nobody takes it for the answer to the same text later.
        return { kind: DocumentDiagnosticReportKind.Full, items };
      },
    ),
  );
  files.onDidClose(({ document: { uri } }) => rest.cancel(uri));
  server.whenChanged(askAgain);

  function askAgain(): void {
    if (pulls(server) && canRefresh(server)) server.send('refresh', connection.languages.diagnostics.refresh());
  }
}

function push(server: Server): void {
  const { connection, files, runtime } = server;
  const report = (problems: PublishDiagnosticsParams): void =>
    server.send('push', connection.sendDiagnostics(problems));
  const send = (file: OpenFile): void =>
    server.guarded('push', undefined, () => {
      const { items, isWhole } = firstDiagnostics(file, server);
      report({ uri: file.uri, version: file.version, diagnostics: items });
      if (!isWhole) rest.begin(file.uri);
    });
  const pushed = createPush({ after: runtime.after, file: uri => files.get(uri), send });
  const rest = restOfFiles(server, uri => pushed.schedule(uri));
  files.onDidChangeContent(({ document: { uri } }) => {
    if (!pulls(server)) pushed.schedule(uri);
  });
  files.onDidClose(({ document: { uri } }) => {
    pushed.cancel(uri);
    rest.cancel(uri);
    if (!pulls(server)) report({ uri, diagnostics: [] });
  });
  server.whenChanged(() => {
    if (!pulls(server)) for (const uri of files.keys()) pushed.schedule(uri);
  });
}

/** How much text is checked without a pause, in UTF-16 code units: some 200 queries. A file of less is answered whole. */
const checkedAtOnce = 50_000;

/** How much of a larger file is checked before its first answer: some screens full, by code that is not warm yet. */
const checkedAtFirst = 12_000;

/** Checks what an answer has left out. */
function restOfFiles(server: Server, done: (uri: string) => void): RestOfFiles {
  return createRestOfFiles({
    after: server.runtime.after,
    step: uri =>
      server.guarded('diagnostics', true, () => {
        const file = server.files.get(uri);
        return !file || problemsOfFile(file.document, server.context, checkedAtOnce).isWhole;
      }),
    done,
  });
}

interface Answer {
  readonly items: Diagnostic[];
  readonly isWhole: boolean;
}

function firstDiagnostics(file: OpenFile, server: Server): Answer {
  const isLarge = checkedAtOnce < file.document.text.length;
  return diagnosticsOf(file, server, isLarge ? checkedAtFirst : checkedAtOnce);
}

function diagnosticsOf(file: OpenFile, server: Server, mostText: number): Answer {
  const { problems, isWhole } = problemsOfFile(file.document, server.context, mostText);
  return { items: problems.map(problem => toDiagnostic(server, file, problem)), isWhole };
}

function pulls({ client }: Server): boolean {
  return client.textDocument?.diagnostic !== undefined;
}

function canRefresh({ client }: Server): boolean {
  return client.workspace?.diagnostics?.refreshSupport === true;
}
