/**
 * From the language library's plain data to LSP's, and nothing else: offsets become positions here, words become
 * LSP's numbers.
 */
import {
  DiagnosticSeverity,
  SemanticTokensBuilder,
  SymbolKind,
  type Diagnostic,
  type DocumentSymbol,
  type Range,
  type SemanticTokens,
  type SemanticTokensLegend,
} from 'vscode-languageserver';
import type { OpenFile } from './documents';
import { serverName } from './protocol';
import {
  tokenModifiers,
  tokenTypes,
  type OutlineSymbol,
  type Problem,
  type SemanticToken,
  type Severity,
  type Span,
} from './zoql/index';

export function toRange(file: OpenFile, { start, end }: Span): Range {
  return { start: file.positionAt(start), end: file.positionAt(end) };
}

export function toSpan(file: OpenFile, { start, end }: Range): Span {
  return { start: file.offsetAt(start), end: file.offsetAt(end) };
}

/** The problem's span counts from `start`, where its statement begins in the file. */
export function toDiagnostic(file: OpenFile, problem: Problem, start: number): Diagnostic {
  return {
    range: toRange(file, { start: start + problem.start, end: start + problem.end }),
    severity: toSeverity(problem.severity),
    code: problem.code,
    source: serverName,
    message: problem.message,
  };
}

export function toDocumentSymbol(file: OpenFile, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    ...(symbol.detail !== '' && { detail: symbol.detail }),
    kind: symbol.kind === 'query' ? SymbolKind.Object : SymbolKind.Field,
    range: toRange(file, symbol.span),
    selectionRange: toRange(file, symbol.selection),
    ...(symbol.children.length !== 0 && { children: symbol.children.map(child => toDocumentSymbol(file, child)) }),
  };
}

export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: [...tokenTypes],
  tokenModifiers: [...tokenModifiers],
};

/** Takes tokens in the order of the text, none of which spans lines. */
export function toSemanticTokens(file: OpenFile, tokens: readonly SemanticToken[]): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const token of tokens) {
    const { line, character } = file.positionAt(token.start);
    builder.push(line, character, token.end - token.start, tokenTypes.indexOf(token.type), modifierBits(token));
  }
  return builder.build();
}

function modifierBits(token: SemanticToken): number {
  return token.modifiers.reduce((bits, modifier) => bits | (1 << tokenModifiers.indexOf(modifier)), 0);
}

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
