import type { SelectionRange } from 'vscode-languageserver';
import { toRange } from '../convert';
import type { OpenFile } from '../documents';
import type { Feature } from '../feature';
import { selectionRanges as rangesAt, type Span } from '../zoql/index';

export const selectionRanges: Feature = {
  abilities: () => ({ selectionRangeProvider: true }),
  listen: server =>
    server.connection.onSelectionRanges(
      server.handler('selection ranges', [], (file, { positions }) =>
        rangesAt(
          file.document,
          positions.map(position => file.offsetAt(position)),
        ).map(chain => toSelectionRange(file, chain)),
      ),
    ),
};

/** The innermost stretch, with those around it as its parents; the outermost is the file. */
function toSelectionRange(file: OpenFile, chain: readonly Span[]): SelectionRange {
  const whole: SelectionRange = { range: toRange(file, { start: 0, end: file.document.text.length }) };
  return chain.slice(0, -1).reduceRight((parent, span) => ({ range: toRange(file, span), parent }), whole);
}
