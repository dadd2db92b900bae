import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver';
import { toRange } from '../convert';
import type { OpenFile } from '../documents';
import type { Feature } from '../feature';
import { documentSymbols, type OutlineSymbol } from '../zoql/index';

export const symbols: Feature = {
  abilities: () => ({ documentSymbolProvider: true }),
  listen: server =>
    server.connection.onDocumentSymbol(
      server.handler('outline', [], file =>
        documentSymbols(file.document).map(symbol => toDocumentSymbol(file, symbol)),
      ),
    ),
};

function toDocumentSymbol(file: OpenFile, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    ...(symbol.detail !== '' && { detail: symbol.detail }),
    kind: symbol.kind === 'query' ? SymbolKind.Object : SymbolKind.Field,
    range: toRange(file, symbol.span),
    selectionRange: toRange(file, symbol.selection),
    ...(symbol.children.length !== 0 && { children: symbol.children.map(child => toDocumentSymbol(file, child)) }),
  };
}
