/**
 * From the language library's plain data to LSP's, and nothing else: offsets become positions here, words become
 * LSP's numbers.
 */
import {
  CompletionItemKind,
  DiagnosticSeverity,
  InsertTextFormat,
  MarkupKind,
  SemanticTokensBuilder,
  SymbolKind,
  type ClientCapabilities,
  type CompletionItem as LspCompletionItem,
  type CompletionList as LspCompletionList,
  type Diagnostic,
  type DocumentSymbol,
  type Hover as LspHover,
  type Range,
  type SemanticTokens,
  type SemanticTokensLegend,
} from 'vscode-languageserver';
import type { OpenFile } from './documents';
import { serverName } from './protocol';
import {
  tokenModifiers,
  tokenTypes,
  type CompletionItem,
  type CompletionKind,
  type CompletionList,
  type Hover,
  type OutlineSymbol,
  type Problem,
  type SemanticToken,
  type Severity,
  type Span,
} from './zoql/index';

function toRange(file: OpenFile, { start, end }: Span): Range {
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

/** What a client can do with a list of completion items. */
export interface CompletionAbilities {
  readonly snippets: boolean;
  /** Takes one range for the whole list, which makes the list half as long. */
  readonly listRange: boolean;
}

export function completionAbilities(client: ClientCapabilities): CompletionAbilities {
  const completion = client.textDocument?.completion;
  return {
    snippets: completion?.completionItem?.snippetSupport === true,
    listRange: completion?.completionList?.itemDefaults?.includes('editRange') === true,
  };
}

export function toCompletionList(
  file: OpenFile,
  list: CompletionList,
  abilities: CompletionAbilities,
): LspCompletionList {
  const range = toRange(file, list.replace);
  const items = list.items.map(item => toCompletionItem(item, range, abilities));
  return { isIncomplete: false, ...(abilities.listRange && { itemDefaults: { editRange: range } }), items };
}

function toCompletionItem(
  item: CompletionItem,
  range: Range,
  { snippets, listRange }: CompletionAbilities,
): LspCompletionItem {
  const snippet = snippets ? item.snippet : undefined;
  const newText = snippet ?? item.insertText ?? item.label;
  return {
    label: item.label,
    kind: toCompletionItemKind(item.kind),
    ...(item.detail !== undefined && { detail: item.detail }),
    ...(item.documentation !== undefined && { documentation: item.documentation }),
    sortText: item.sortText,
    ...(item.filterText !== undefined && { filterText: item.filterText }),
    ...(snippet !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(!listRange && { textEdit: { newText, range } }),
    ...(listRange && newText !== item.label && { textEditText: newText }),
  };
}

/** Our markdown reads well as plain text too, for clients that draw none. */
export function hoverFormat(client: ClientCapabilities): MarkupKind {
  const formats = client.textDocument?.hover?.contentFormat;
  return !formats || formats.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}

export function toHover(file: OpenFile, { span, markdown }: Hover, kind: MarkupKind): LspHover {
  return { range: toRange(file, span), contents: { kind, value: markdown } };
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

function toCompletionItemKind(kind: CompletionKind): CompletionItemKind {
  switch (kind) {
    case 'object':
      return CompletionItemKind.Class;
    case 'field':
      return CompletionItemKind.Field;
    case 'relation':
      return CompletionItemKind.Reference;
    case 'function':
      return CompletionItemKind.Function;
    case 'operator':
      return CompletionItemKind.Operator;
    case 'value':
      return CompletionItemKind.Value;
    case 'snippet':
      return CompletionItemKind.Snippet;
    case 'keyword':
    case 'directive':
      return CompletionItemKind.Keyword;
  }
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
