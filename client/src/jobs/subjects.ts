// Finds in a statement what an error of Zuora is about. Plain data in, plain data out.
import {
  resolvePath,
  walk,
  type Call,
  type Catalogue,
  type Name,
  type Operand,
  type Path,
  type Query,
  type Span,
  type Star,
  type Statement,
} from '../../../server/src/zoql/index';

export type Subject =
  /** The first of these names that the query has: fields, with or without the way to them. */
  | { readonly kind: 'name'; readonly candidates: readonly string[] }
  /** The object after FROM. */
  | { readonly kind: 'object' }
  /** A name that should lead to an object: on the way to a field, else the one after FROM. */
  | { readonly kind: 'source' }
  /** An alias that is given twice. */
  | { readonly kind: 'alias'; readonly name: string }
  /** What a field is compared with. */
  | { readonly kind: 'value'; readonly field: string; readonly value: string }
  /** What is selected beside aggregates and not grouped by. */
  | { readonly kind: 'ungrouped' }
  /** All that is selected. */
  | { readonly kind: 'selected' }
  /** DISTINCT outside of count(). */
  | { readonly kind: 'distinct' }
  /** A comment such as `-- @deleted …`; the name is in lower case. */
  | { readonly kind: 'directive'; readonly name: string }
  /** Nothing smaller than the statement. */
  | { readonly kind: 'statement' };

/** A word or a few, with offsets in the statement's text. */
export interface Found extends Span {
  /** Tells what was found without regard to case, comments and white space: another text has the same word or not. */
  readonly key: string;
}

/** The first place that the subject names; undefined where there is none, and for the statement as a whole. */
export function findSubject(statement: Statement, subject: Subject, catalogue?: Catalogue): Found | undefined {
  const { query, directives } = statement.parsed;
  switch (subject.kind) {
    case 'name':
      for (const candidate of subject.candidates) {
        const found = findName(query, candidate);
        if (found) return found;
      }
      return undefined;
    case 'object':
      return fromName(query);
    case 'source':
      return strayName(query, catalogue) ?? fromName(query);
    case 'alias':
      return repeatedAlias(query, subject.name);
    case 'value':
      return findValue(query, subject.value) ?? findName(query, subject.field);
    case 'ungrouped':
      return ungrouped(query);
    case 'selected': {
      const [first] = query.items;
      const last = query.items.at(-1);
      return (
        first &&
        last && {
          start: first.start,
          end: last.end,
          key: `select ${query.items.map(({ value }) => keyOf(value)).join()}`,
        }
      );
    }
    case 'distinct': {
      const call = callsOf(query).find(({ distinct, name }) => distinct && name.text.toLowerCase() !== 'count');
      return call && { start: call.start, end: call.end, key: keyOf(call) };
    }
    case 'directive': {
      const directive = directives.find(({ name }) => name === subject.name);
      return directive && { start: directive.start, end: directive.end, key: `@${directive.name} ${directive.value}` };
    }
    case 'statement':
      return undefined;
  }
}

/** The name as Zuora writes it, best as the whole path, else as its end, else anywhere in it; segments are whole. */
function findName(query: Query, wanted: string): Found | undefined {
  const segments = wanted.split('.');
  const isOwn = segments[0]?.toLowerCase() === query.from?.text.toLowerCase();
  const ways = isOwn && 1 < segments.length ? [segments, segments.slice(1)] : [segments];
  const paths = pathsOf(query).map(({ parts }) => parts);
  for (const fits of [isWhole, isEnd, isAnywhere]) {
    for (const way of ways) {
      for (const parts of paths) {
        const at = fits(parts, way);
        if (0 <= at) return named('name', parts.slice(at, at + way.length));
      }
    }
  }
  return undefined;
}

type Fits = (parts: readonly Name[], way: readonly string[]) => number;

const isWhole: Fits = (parts, way) => (parts.length === way.length ? isAnywhere(parts, way) : -1);

const isEnd: Fits = (parts, way) => {
  const at = parts.length - way.length;
  return 0 <= at && isAt(parts, way, at) ? at : -1;
};

const isAnywhere: Fits = (parts, way) => parts.findIndex((_, at) => isAt(parts, way, at));

function isAt(parts: readonly Name[], way: readonly string[], at: number): boolean {
  return way.every((segment, index) => parts[at + index]?.text.toLowerCase() === segment.toLowerCase());
}

function fromName({ from }: Query): Found | undefined {
  return from && named('object', [from]);
}

/** The first name on the way to a field that leads nowhere, where the object after FROM is a known one. */
function strayName(query: Query, catalogue: Catalogue | undefined): Found | undefined {
  const object = query.from && catalogue?.object(query.from.text);
  if (!object || !catalogue) return undefined;
  for (const { kind, parts } of pathsOf(query)) {
    const last = parts.at(-1);
    // What stands in front of a star is on the way as a whole.
    const way = kind === 'star' && last ? [...parts, last] : parts;
    const stray = resolvePath(way, object, catalogue).stray;
    if (stray) return named('relation', [stray.name]);
  }
  return undefined;
}

/** The last of the aliases of that name, which is the one too many. */
function repeatedAlias({ items }: Query, wanted: string): Found | undefined {
  const same = items.flatMap(({ alias }) => (alias?.name.toLowerCase() === wanted.toLowerCase() ? [alias] : []));
  const last = same.at(-1);
  return last && 1 < same.length
    ? { start: last.start, end: last.end, key: `alias ${last.name.toLowerCase()}` }
    : undefined;
}

function findValue(query: Query, wanted: string): Found | undefined {
  let found: Found | undefined;
  walk(query, {
    literal: ({ start, end, text }, place) => {
      if (place !== 'select' && text === wanted) found ??= { start, end, key: `value ${text}` };
    },
  });
  return found;
}

const aggregates: ReadonlySet<string> = new Set(['avg', 'count', 'max', 'min', 'sum']);

function ungrouped({ items, groupBy }: Query): Found | undefined {
  const groups = new Set(groupBy.map(keyOf));
  const isGrouped = (value: Operand): boolean =>
    groups.has(keyOf(value)) || (value.kind === 'call' && (isAggregate(value) || value.args.some(isGrouped)));
  const item = items.find(({ value }) => !isGrouped(value));
  return item && { start: item.value.start, end: item.value.end, key: keyOf(item.value) };
}

function isAggregate({ name }: Call): boolean {
  return aggregates.has(name.text.toLowerCase());
}

function pathsOf(query: Query): (Path | Star)[] {
  const found: (Path | Star)[] = [];
  walk(query, { path: path => void found.push(path), star: star => void found.push(star) });
  return found;
}

function callsOf(query: Query): Call[] {
  const found: Call[] = [];
  walk(query, { call: call => void found.push(call) });
  return found;
}

function named(kind: string, parts: readonly Name[]): Found | undefined {
  const first = parts[0];
  const last = parts.at(-1);
  return first && last && { start: first.start, end: last.end, key: `${kind} ${pathKey(parts)}` };
}

function keyOf(operand: Operand): string {
  switch (operand.kind) {
    case 'path':
      return pathKey(operand.parts);
    case 'star':
      return [...operand.parts.map(({ text }) => text.toLowerCase()), '*'].join('.');
    case 'call': {
      const { name, distinct, args } = operand;
      return `${name.text.toLowerCase()}(${distinct ? 'distinct ' : ''}${args.map(keyOf).join()})`;
    }
    case 'literal':
      return `${operand.type} ${operand.text}`;
  }
}

function pathKey(parts: readonly Name[]): string {
  return parts.map(({ text }) => text.toLowerCase()).join('.');
}
