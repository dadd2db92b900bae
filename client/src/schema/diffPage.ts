// In what two schemas differ, as a page in Markdown. Plain data in, plain data out.
import type { FieldChange, ObjectDiff, OnlyIn, SchemaDiff } from '../../../server/src/zoql/index';
import { table } from './table';

/** The names are as people call the two sides. */
export function diffPage({ objects, changed }: SchemaDiff, one: string, other: string): string {
  const counts = [
    ...(objects.one.length === 0 ? [] : [`${inObjects(objects.one.length)} only in ${one}`]),
    ...(objects.other.length === 0 ? [] : [`${inObjects(objects.other.length)} only in ${other}`]),
    ...(changed.length === 0 ? [] : [changed.length === 1 ? '1 object differs' : `${changed.length} objects differ`]),
  ];
  const parts = [
    `# ${escaped(one)} and ${escaped(other)}`,
    counts.length === 0 ? 'There is no difference.' : `${escaped(counts.join(', '))}.`,
    ...onlyIn('##', 'Objects', objects, one, other),
    ...changed.flatMap(diff => objectParts(diff, one, other)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function objectParts({ name, fields, relations, changed }: ObjectDiff, one: string, other: string): string[] {
  const rows = changed.flatMap(({ name: field, changes }) =>
    changes.map(change => [field, change.what, ...sidesOf(change)]),
  );
  return [
    `## ${name}`,
    ...onlyIn('###', 'Fields', fields, one, other),
    ...onlyIn('###', 'Related objects', relations, one, other),
    ...(rows.length === 0 ? [] : ['### Fields that differ', table(['Field', 'In', one, other], rows)]),
  ];
}

function onlyIn(heading: string, what: string, only: OnlyIn, one: string, other: string): string[] {
  const part = (names: readonly string[], side: string) =>
    names.length === 0
      ? []
      : [`${heading} ${what} only in ${escaped(side)}`, names.map(name => `- \`${name}\``).join('\n')];
  return [...part(only.one, one), ...part(only.other, other)];
}

function sidesOf(change: FieldChange): [string, string] {
  if (change.what !== 'values') return [change.one, change.other];
  const only = (values: readonly string[]) => (values.length === 0 ? '' : `only here: ${values.join(', ')}`);
  return [only(change.only.one), only(change.only.other)];
}

function inObjects(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]#|<>~&]/g, '\\$&');
}
