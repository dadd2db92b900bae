/**
 * From the language library's plain data to LSP's, as far as several features need it: offsets become positions here,
 * words become LSP's numbers.
 */
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type Location,
  type Range,
  type TextEdit as LspTextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { OpenFile } from './documents';
import type { Server } from './feature';
import { serverName } from './protocol';
import type { FileEdit, FileSpan, OpenText, Problem, ProblemCode, Severity, Span, TextEdit } from './zoql/index';

export function toRange(file: OpenFile, { start, end }: Span): Range {
  return { start: file.positionAt(start), end: file.positionAt(end) };
}

export function toSpan(file: OpenFile, { start, end }: Range): Span {
  return { start: file.offsetAt(start), end: file.offsetAt(end) };
}

/** All that is open, as the library takes it. */
export function openTexts({ files }: Server): OpenText[] {
  return files.all().map(({ uri, document }) => ({ uri, document }));
}

/** The places that lie in open files. */
export function toLocations({ files }: Server, spans: readonly FileSpan[]): Location[] {
  return spans.flatMap(span => {
    const file = files.get(span.uri);
    return file ? [{ uri: span.uri, range: toRange(file, span) }] : [];
  });
}

export function toTextEdits(file: OpenFile, edits: readonly TextEdit[]): LspTextEdit[] {
  return edits.map(edit => ({ range: toRange(file, edit), newText: edit.newText }));
}

/** Edits of open files, tied to the version that they were made for where the client can check it. */
export function toWorkspaceEdit({ client, files }: Server, edits: readonly FileEdit[]): WorkspaceEdit {
  const edited = files.all().flatMap(file => {
    const own = toTextEdits(
      file,
      edits.filter(({ uri }) => uri === file.uri),
    );
    return own.length === 0 ? [] : [{ uri: file.uri, version: file.version, edits: own }];
  });
  return client.workspace?.workspaceEdit?.documentChanges
    ? { documentChanges: edited.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })) }
    : { changes: Object.fromEntries(edited.map(({ uri, edits }) => [uri, edits])) };
}

/** The problem's span counts in the file. */
export function toDiagnostic({ client, runtime }: Server, file: OpenFile, problem: Problem): Diagnostic {
  const { diagnostic, publishDiagnostics } = client.textDocument ?? {};
  const abilities = diagnostic ?? publishDiagnostics;
  const href = abilities?.codeDescriptionSupport ? runtime.documentation?.(problem.code) : undefined;
  return {
    range: toRange(file, problem),
    severity: toSeverity(problem.severity),
    ...(isNeedless.has(problem.code) && abilities?.tagSupport && { tags: [DiagnosticTag.Unnecessary] }),
    code: problem.code,
    ...(href !== undefined && { codeDescription: { href } }),
    source: serverName,
    message: problem.message,
  };
}

/** What could as well not be there: editors draw it faded. */
const isNeedless: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['column-name-ignored', 'duplicate-field']);

function toSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}
