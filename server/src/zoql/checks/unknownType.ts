import type { CheckContext } from './check';

/** unknown-type: `-- @type` with a value that AQuA does not know would be left out silently. */
export function unknownType({ statement, report }: CheckContext): void {
  for (const { name, value, nameSpan, valueSpan } of statement.parsed.directives) {
    if (name !== 'type' || ['zoql', 'zoqlexport'].includes(value.toLowerCase())) continue;
    const { start, end } = value ? valueSpan : nameSpan;
    report({ start, end, code: 'unknown-type', message: 'The type is zoql or zoqlexport', severity: 'error' });
  }
}
