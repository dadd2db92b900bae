import type { TextEdit } from '../edits';
import type { Parsed } from '../syntax/parser';
import { lineIndent } from './indent';

/** Sets `-- @name value`: where the statement has it already, its value changes; else it comes above the query. */
export function directiveEdit({ text, directives, query }: Parsed, name: string, value: string): TextEdit {
  const there = directives.findLast(directive => directive.name === name.toLowerCase());
  if (there) {
    const { start, end } = there.valueSpan;
    return there.value ? { start, end, newText: value } : { start: there.nameSpan.end, end, newText: ` ${value}` };
  }
  const at = query.start;
  // White space without a line break can stand behind the ; of the statement before.
  const indent = lineIndent(text, at);
  const isOwnLine = /[\r\n]/.test(text[at - indent.length - 1] ?? '');
  return { start: at, end: at, newText: `-- @${name} ${value}\n${isOwnLine ? indent : ''}` };
}
