import { DocumentHighlightKind } from 'vscode-languageserver';
import { toRange } from '../convert';
import type { Feature } from '../feature';
import { highlights as highlightsAt, type Highlight } from '../zoql/index';

export const highlights: Feature = {
  abilities: () => ({ documentHighlightProvider: true }),
  listen: server =>
    server.connection.onDocumentHighlight(
      server.handler('highlights', [], (file, { position }) =>
        highlightsAt(file, file.offsetAt(position), server.context).map(highlight => ({
          range: toRange(file, highlight),
          kind: toKind(highlight.kind),
        })),
      ),
    ),
};

function toKind(kind: Highlight['kind']): DocumentHighlightKind {
  switch (kind) {
    case 'text':
      return DocumentHighlightKind.Text;
    case 'read':
      return DocumentHighlightKind.Read;
    case 'write':
      return DocumentHighlightKind.Write;
  }
}
