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
import { createPush } from '../push';
import { analyse } from '../zoql/index';

/** For clients that ask, and by itself for those that never do. */
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
  const { connection } = server;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    server.handler<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      'diagnostics',
      nothing,
      (file, { previousResultId }) => {
        const resultId = `${file.revision}.${server.contextNumber}`;
        if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnosticsOf(file, server) };
      },
    ),
  );
  server.whenChanged(() => {
    if (pulls(server) && server.client.workspace?.diagnostics?.refreshSupport) {
      server.send('refresh', connection.languages.diagnostics.refresh());
    }
  });
}

function push(server: Server): void {
  const { connection, files, runtime } = server;
  const report = (problems: PublishDiagnosticsParams): void =>
    server.send('push', connection.sendDiagnostics(problems));
  const pushed = createPush({
    after: runtime.after,
    file: uri => files.get(uri),
    send: file =>
      server.guarded('push', undefined, () => {
        report({ uri: file.uri, version: file.version, diagnostics: diagnosticsOf(file, server) });
      }),
  });
  files.onDidChangeContent(({ document: { uri } }) => {
    if (!pulls(server)) pushed.schedule(uri);
  });
  files.onDidClose(({ document: { uri } }) => {
    pushed.cancel(uri);
    if (!pulls(server)) report({ uri, diagnostics: [] });
  });
  server.whenChanged(() => {
    if (!pulls(server)) for (const uri of files.keys()) pushed.schedule(uri);
  });
}

function pulls({ client }: Server): boolean {
  return client.textDocument?.diagnostic !== undefined;
}

/**
 * More than a person reads. A file that is no ZOQL at all has a problem in every line, and sending them all anew after
 * each keystroke would be all that the server does.
 */
const mostDiagnostics = 1_000;

function diagnosticsOf(file: OpenFile, server: Server): Diagnostic[] {
  const { statements, starts } = file.document;
  const found: Diagnostic[] = [];
  for (const [index, statement] of statements.entries()) {
    const start = starts[index] ?? 0;
    for (const problem of analyse(statement, server.context).problems) {
      if (found.length === mostDiagnostics) return found;
      const inFile = { ...problem, start: start + problem.start, end: start + problem.end };
      found.push(toDiagnostic(server, file, inFile));
    }
  }
  return found;
}
