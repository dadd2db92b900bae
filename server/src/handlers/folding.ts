import { FoldingRangeKind, type FoldingRange as LspFoldingRange } from 'vscode-languageserver';
import type { OpenFile } from '../documents';
import type { Feature } from '../feature';
import { foldingRanges, type FoldingRange } from '../zoql/index';

export const folding: Feature = {
  abilities: () => ({ foldingRangeProvider: true }),
  listen: server =>
    server.connection.onFoldingRanges(
      server.handler('folding', [], file => {
        const limit = server.client.textDocument?.foldingRange?.rangeLimit ?? Infinity;
        const ranges = foldingRanges(file.document);
        // What is inside of statements goes first where there is more than the editor takes.
        const kept = ranges.length <= limit ? ranges : ranges.filter(({ kind }) => kind !== 'list').slice(0, limit);
        return kept.map(range => toFoldingRange(file, range));
      }),
    ),
};

function toFoldingRange(file: OpenFile, { start, end, kind }: FoldingRange): LspFoldingRange {
  const from = file.positionAt(start);
  const to = file.positionAt(end);
  return {
    startLine: from.line,
    startCharacter: from.character,
    endLine: to.line,
    endCharacter: to.character,
    ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }),
    ...(kind === 'region' && { kind: FoldingRangeKind.Region }),
  };
}
