/** What a function takes, shown while a person types between its parentheses. */
import { analyse, type Context } from './analysis';
import { readTo } from './cursorState';
import { dialects } from './dialect';
import { statementAt, type ZoqlDocument } from './document';
import { functionHelp } from './help';

export interface SignatureHelp {
  /** E.g. `sum(field)`. */
  readonly label: string;
  /** Plain text. */
  readonly documentation: string;
  /** Each is a stretch of the label, as start and end in UTF-16 code units. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
  /** Counts from 0; not one of `parameters` where more is typed than the function takes. */
  readonly activeParameter: number;
}

/** Help on the innermost function whose parentheses the offset of the file is in; undefined where there is none. */
export function signatureHelp(document: ZoqlDocument, offset: number, context: Context): SignatureHelp | undefined {
  const found = statementAt(document, offset);
  if (!found) return undefined;
  const { statement, start } = found;
  const { text, tokens, comments } = statement.parsed;
  const at = offset - start;
  if (comments.some(comment => comment.start < at && at < comment.end)) return undefined;

  let count = 0;
  while (count < tokens.count && (tokens.ends[count] ?? 0) <= at) count++;
  const opened = readTo(text, tokens, count).open.findLast(({ call }) => call !== undefined);
  const help = functionHelp.get(opened?.call?.toLowerCase() ?? '');
  if (!opened || !help) return undefined;
  const { constructs } = dialects[analyse(statement, context).dialect];
  if (!constructs.has('function')) return undefined;

  const { usage: label, text: documentation } = help;
  const parameter = [label.indexOf('(') + 1, label.length - 1] as const;
  return { label, documentation, parameters: [parameter], activeParameter: opened.commas };
}
