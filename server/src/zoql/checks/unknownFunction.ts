import { dialects, type DialectTable } from '../dialect';
import { suggestions } from '../nearest';
import type { CheckContext } from './check';

/**
 * unknown-function: a function that Export ZOQL does not document. In ZOQL, which has none, only-in-export speaks.
 */
export function unknownFunction({ uses, dialect, report }: CheckContext): void {
  const table = dialects[dialect];
  if (!table.constructs.has('function')) return;
  for (const { node } of uses.calls) {
    const { start, end, text } = node.name;
    if (functionsOf(table).includes(text.toLowerCase())) continue;
    report({
      start,
      end,
      code: 'unknown-function',
      message: `${table.name} has no function ${text}`,
      severity: 'warning',
      fixes: () =>
        suggestions(
          text,
          functionsOf(table).map(name => ({ text: name, keys: [name, ...(otherNames[name] ?? [])] })),
        ).map(near => {
          const newText = text === text.toUpperCase() ? near.text.toUpperCase() : near.text;
          return { title: `Change to ${newText}`, edits: [{ start, end, newText }], preferred: near.isClear };
        }),
    });
  }
}

/** What other languages call a function. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  avg: ['average', 'mean'],
  count: ['cnt'],
  max: ['maximum'],
  min: ['minimum'],
  sum: ['total'],
};

function functionsOf({ aggregates, dateFunctions }: DialectTable): string[] {
  return [...aggregates, ...dateFunctions];
}
