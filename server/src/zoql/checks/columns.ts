import { insertion, removal, removalFromList } from '../repairs';
import type { SelectItem } from '../syntax/tree';
import type { CheckContext } from './check';
import { fieldKey } from './fieldKey';

/**
 * duplicate-column-name: two columns with one name, which AQuA refuses: "Duplicate column aliases First Name were
 * defined."
 */
export function duplicateColumnName({ query, dialect, report }: CheckContext): void {
  if (dialect !== 'zoqlexport') return;
  const seen = new Set<string>();
  for (const { value, alias } of query.items) {
    if (!alias) continue;
    const { start, end, name, quoted } = alias;
    if (!seen.has(name)) {
      seen.add(name);
      continue;
    }
    report({
      start,
      end,
      code: 'duplicate-column-name',
      message: `Another column is named ${name}`,
      severity: 'error',
      fixes: () => {
        const names = new Set(query.items.map(item => item.alias?.name));
        let number = 2;
        while (names.has(`${name}${number}`)) number++;
        return [
          {
            title: `Rename to ${name}${number}`,
            edits: [insertion(quoted ? end - 1 : end, `${number}`)],
            preferred: true,
          },
          { title: 'Remove the name', edits: [removal({ start: value.end, end })] },
        ];
      },
    });
  }
}

/** column-name-ignored: AQuA ignores a name that says what the column is called anyway (Zuora docs, Export ZOQL). */
export function columnNameIgnored({ query, dialect, report }: CheckContext): void {
  if (dialect !== 'zoqlexport') return;
  for (const { value, alias } of query.items) {
    if (value.kind !== 'path' || !alias) continue;
    const name = value.parts.map(({ text }) => text).join('.');
    if (alias.name !== name && alias.name !== `${query.from?.text}.${name}`) continue;
    report({
      start: alias.start,
      end: alias.end,
      code: 'column-name-ignored',
      message: `The column is called ${alias.name} without this name, too`,
      severity: 'hint',
      fixes: () => [
        { title: 'Remove the name', edits: [removal({ start: value.end, end: alias.end })], preferred: true },
      ],
    });
  }
}

/**
 * column-name: the name of a column (AS) where a field is to stand. A name is only what the result's header shows.
 *
 * Source: Zuora docs, "Export ZOQL clauses" (a name cannot be used in HAVING and ORDER BY).
 */
export function columnName({ query, uses, object, dialect, statement, report }: CheckContext): void {
  if (dialect !== 'zoqlexport') return;
  let named: Map<string, SelectItem> | undefined;
  for (const { node, place } of uses.paths) {
    const [name] = node.parts;
    if (place === 'select' || !name || node.parts.length > 1 || node.dangling || object?.field(name.text)) continue;
    named ??= new Map(query.items.flatMap(item => (item.alias ? [[item.alias.name.toLowerCase(), item]] : [])));
    const item = named.get(name.text.toLowerCase());
    if (!item) continue;
    const field = statement.text.slice(item.value.start, item.value.end);
    report({
      start: node.start,
      end: node.end,
      code: 'column-name',
      message: `${name.text} is only a column name; ${place.toUpperCase()} takes ${field} itself`,
      severity: 'error',
      fixes: () => [
        { title: `Change to ${field}`, edits: [{ start: node.start, end: node.end, newText: field }], preferred: true },
      ],
    });
  }
}

/** duplicate-field: a field that is selected twice. Under two names it is meant. */
export function duplicateField({ query, report }: CheckContext): void {
  if (query.items.length < 2) return;
  const seen = new Map<string, SelectItem>();
  query.items.forEach((item, index) => {
    const key = fieldKey(item.value, query);
    if (key === undefined) return;
    const first = seen.get(key);
    if (!first) seen.set(key, item);
    if (!first || item.alias || first.alias) return;
    report({
      start: item.start,
      end: item.end,
      code: 'duplicate-field',
      message: 'This is selected already',
      severity: 'warning',
      fixes: () => [{ title: 'Remove it', edits: [removalFromList(query.items, index)], preferred: true }],
    });
  });
}
