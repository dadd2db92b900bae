import type { CatalogueObject } from '../catalogue';
import type { TextEdit } from '../edits';
import { resolvePath } from '../resolve';
import { isColumn, nameIn } from '../selectable';
import type { Parsed } from '../syntax/parser';
import type { SelectItem, Span, Star } from '../syntax/tree';
import type { ActionScope, Rewrite } from './action';
import { indentOf, lineIndent } from './indent';

/** Longer lists have one field a line. */
const longestLine = 100;

/**
 * Writes out what `*` stands for, or adds the fields of the object that the list lacks. Only fields that a source says
 * the dialect has: one field too many refuses the whole query.
 */
export function expandFields(scope: ActionScope): readonly Rewrite[] {
  const { analysis, parsed, selection, isSound } = scope;
  const { query, problems } = parsed;
  const [select, next] = query.clauses;
  const isTouched = select && select.start <= selection.end && selection.start <= (next ?? select).start;
  if (!isTouched || !analysis.object || problems.length > 0 || query.items.length === 0) return [];

  const star = query.items.find(
    ({ value, start, end }) =>
      value.kind === 'star' && (query.items.length === 1 || (start <= selection.end && selection.start <= end)),
  );
  const rewrites = star ? replaceStar(scope, star, analysis.object) : addFields(scope, analysis.object);
  return rewrites.filter(({ edits }) => isSound(edits));
}

function replaceStar(scope: ActionScope, item: SelectItem, from: CatalogueObject): Rewrite[] {
  const { analysis, catalogue, parsed } = scope;
  const { parts } = item.value as Star;
  const object = parts.length === 0 ? from : resolvePath([...parts, nothing], from, catalogue).object;
  if (!object || object.fieldsIncomplete) return [];
  const before = parts.map(({ text }) => `${text}.`).join('');
  const path = parts.length === 1 && object === from ? '' : before.toLowerCase();
  const present = presentIn(scope);
  const names = object.fields
    .filter(field => isColumn(field, object, analysis.dialect) && !present.has(path + field.name.toLowerCase()))
    .map(({ name }) => before + name);
  if (names.length === 0) return [];
  const star = parsed.text.slice(item.value.start, item.value.end);
  return [
    {
      title: `Replace ${star} by ${counted(names.length, '')}`,
      edits: replaceEdits(parsed, item, names),
    },
  ];
}

/** Stands for the field behind a path's relations where there is none. */
const nothing = { start: 0, end: 0, text: '' };

function addFields(scope: ActionScope, object: CatalogueObject): Rewrite[] {
  const { analysis, parsed } = scope;
  const { dialect } = analysis;
  const last = parsed.query.items.at(-1);
  const hasAll = parsed.query.items.some(({ value }) => value.kind === 'star' && value.parts.length === 0);
  if (!last || hasAll || hasAggregate(parsed)) return [];
  const present = presentIn(scope);
  const missing = object.fields.flatMap(field => {
    const name = nameIn(field, object, dialect);
    if (name === undefined || present.has(name.toLowerCase()) || present.has(field.name.toLowerCase())) return [];
    return [{ name, custom: field.custom }];
  });
  const add = (what: string, fields: typeof missing): Rewrite[] =>
    fields.length === 0
      ? []
      : [
          {
            title: `Add ${counted(fields.length, what)}`,
            edits: addEdits(
              parsed,
              last,
              fields.map(({ name }) => name),
            ),
          },
        ];
  const custom = missing.filter(field => field.custom);
  const standard = missing.filter(field => !field.custom);
  const isMixed = custom.length > 0 && standard.length > 0;
  return [...add('standard ', standard), ...add('custom ', custom), ...(isMixed ? add('', missing) : [])];
}

/** The paths of the list in lower case, without the object's own name. */
function presentIn({ uses }: ActionScope): ReadonlySet<string> {
  return new Set(
    uses.paths.flatMap(({ node, place, call, resolved }) =>
      place === 'select' && !call && resolved ? [pathKey(node.parts.slice(resolved.prefix))] : [],
    ),
  );
}

/** Of an aggregated query each new field would have to be grouped as well. */
function hasAggregate({ query }: Parsed): boolean {
  return query.groupBy.length > 0 || query.items.some(({ value }) => value.kind === 'call');
}

function pathKey(parts: readonly { readonly text: string }[]): string {
  return parts.map(({ text }) => text.toLowerCase()).join('.');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? 'field' : 'fields'}`;
}

/** Puts names in the place of one item of the list. */
function replaceEdits(parsed: Parsed, item: SelectItem, names: readonly string[]): TextEdit[] {
  const { start, end } = item.value;
  const { glue, before, behind } = layout(parsed, item, names);
  return [...before, { start, end, newText: names.join(glue) }, ...behind];
}

/** Puts names behind the last item of the list, and behind the comments on its line. */
function addEdits(parsed: Parsed, last: SelectItem, names: readonly string[]): TextEdit[] {
  const { text, comments } = parsed;
  const { end } = last;
  const comment = comments.findLast(({ start }) => end <= start && !/[\r\n]/.test(text.slice(end, start)));
  const { glue, behind } = layout(parsed, last, names);
  if (!comment) return [{ start: end, end, newText: names.map(name => glue + name).join('') }, ...behind];
  const line = `\n${indentOf(text, last.start)}`;
  const lines = names.join(`,${line}`);
  return [
    { start: end, end, newText: ',' },
    { start: comment.end, end: comment.end, newText: line + lines },
  ];
}

interface Layout {
  /** What stands between two names. */
  readonly glue: string;
  /** What brings the list to lines of its own: before its first field, and behind its last. */
  readonly before: readonly TextEdit[];
  readonly behind: readonly TextEdit[];
}

/** One field a line where the list has more than one line already, or where it would become too long for one. */
function layout({ text, query }: Parsed, item: SelectItem, names: readonly string[]): Layout {
  const [select, next] = query.clauses;
  const [first] = query.items;
  if (!select || !first) return { glue: ', ', before: [], behind: [] };
  const list = text.slice(select.bodyStart, select.end);
  const glue = `,\n${indentOf(text, item.start)}`;
  if (/[\r\n]/.test(list)) return { glue, before: [], behind: [] };
  if (list.length + names.join(', ').length <= longestLine) return { glue: ', ', before: [], behind: [] };
  return {
    glue,
    before: breakEdits(text, { start: select.bodyStart, end: first.start }, indentOf(text, first.start)),
    behind: next ? breakEdits(text, { start: select.end, end: next.start }, lineIndent(text, select.start)) : [],
  };
}

/** Breaks the line in a gap that is nothing but blanks. */
function breakEdits(text: string, gap: Span, indent: string): TextEdit[] {
  return /^[ \t]*$/.test(text.slice(gap.start, gap.end)) ? [{ ...gap, newText: `\n${indent}` }] : [];
}
