import { dialects } from '../dialect';
import { quoted } from '../literals';
import type { CheckContext } from './check';
import { valuesIn } from './values';

/** double-quotes: a value in them. Public clients send such, and the documentation shows single ones. */
export function doubleQuotes(context: CheckContext): void {
  const { dialect, statement, report } = context;
  const [documented = "'"] = dialects[dialect].quotes;
  for (const { literal, value } of valuesIn(context)) {
    if (literal.type !== 'string' || statement.text.charAt(literal.start) === documented) continue;
    const { start, end } = literal;
    const newText = quoted(value, dialect, documented);
    report({
      start,
      end,
      code: 'double-quotes',
      message: 'The documentation puts values in single quotes',
      severity: 'hint',
      fixes: () => [{ title: 'Change to single quotes', edits: [{ start, end, newText }], preferred: true }],
    });
  }
}
