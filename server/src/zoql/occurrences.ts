/**
 * Which words of the open files mean the same: the shared basis of highlights, definition, references and rename.
 *
 * A field is the same wherever it is reached from: `Name` from Account, `Account.Name` from Account and `Account.Name`
 * from Invoice are one.
 */
import { analyse, type Context } from './analysis';
import { statementAt, type Statement, type ZoqlDocument } from './document';
import { directiveHelp } from './help';
import type { Alias, Directive, Name, SelectItem, Span } from './syntax/tree';
import { usesOf } from './uses';

/** A file that is open in the editor. */
export interface OpenText {
  readonly uri: string;
  readonly document: ZoqlDocument;
}

/** A stretch of one of the open files. */
export interface FileSpan extends Span {
  readonly uri: string;
}

/** `name` is what `-- @name` calls a query, and `@…` in a comment that speaks of it. */
export type WordKind = 'object' | 'relation' | 'field' | 'function' | 'alias' | 'name';

/** A word that can occur again with the same meaning. */
export interface Word extends Span {
  readonly kind: WordKind;
  /** Tells what is meant: within its kind, words of one key are the same. */
  readonly key: string;
  /** As it is written, without quotes or `@`. Words that mean the same differ in upper and lower case only. */
  readonly text: string;
  /** It is the alias behind AS, or the value of `-- @name`. */
  readonly declares: boolean;
}

/** A word in one of the open files. */
export type Place = Word & FileSpan;

/** The word at an offset of a file; in `files` are all whose names a comment can speak of, this one included. */
export function placeAt(
  file: OpenText,
  offset: number,
  files: readonly OpenText[],
  context: Context,
): Place | undefined {
  const found = statementAt(file.document, offset);
  const words = found ? placesIn(found.statement, found.start, file.uri, context) : [];
  return words.find(word => holds(word, offset)) ?? mentionAt(file, offset, files);
}

/** Every place that means the same, in the order of the files and of their texts. An alias lives in its statement. */
export function placesLike(place: Place, files: readonly OpenText[], context: Context): Place[] {
  const isSame = (other: Word): boolean => other.kind === place.kind && other.key === place.key;
  if (place.kind === 'name') return namePlaces(files).filter(isSame);

  // Most statements of a large file do not hold the word at all: they need not even be parsed.
  const pattern = new RegExp(place.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'i');
  return files.flatMap(({ uri, document: { statements, starts } }) =>
    statements.flatMap((statement, index) => {
      const start = starts[index] ?? 0;
      const isHome = uri === place.uri && start <= place.start && place.end <= start + statement.text.length;
      if ((place.kind === 'alias' && !isHome) || !pattern.test(statement.text)) return [];
      return placesIn(statement, start, uri, context).filter(isSame);
    }),
  );
}

/** Steps of a path that are looked at; real ones have a handful. */
const longestPath = 50;

/** The words of a statement, in the order of the text; `start` is where the statement begins in its file. */
export function placesIn(statement: Statement, start: number, uri: string, context: Context): Place[] {
  return wordsOf(statement, context)
    .map(word => placed(word, start, uri))
    .sort((one, other) => one.start - other.start);
}

function placed({ start, end, kind, key, text, declares }: Word, by: number, uri: string): Place {
  return { uri, start: by + start, end: by + end, kind, key, text, declares };
}

function wordsOf(statement: Statement, context: Context): Word[] {
  const { query, directives } = statement.parsed;
  const { object } = analyse(statement, context);
  const { paths, stars, calls } = usesOf(query, object, context.catalogue);
  const aliases = query.items.filter(hasAlias).map(({ alias }) => alias);
  const aliasNames = new Set(aliases.map(({ name }) => name.toLowerCase()));
  const words: Word[] = [
    ...directives.filter(isNaming).map(nameWord),
    ...aliases.map(alias => aliasWord(alias, alias.name, true)),
  ];
  const add = (kind: WordKind, { start, end, text }: Name, owner = ''): void => {
    words.push({ start, end, kind, key: `${owner}.${text}`.toLowerCase(), text, declares: false });
  };
  /** Adds the names of a path that have another name or a star behind them, and returns the object they lead to. */
  const addSteps = (steps: readonly Name[]): string => {
    let from = object;
    let owner = object?.name ?? query.from?.text ?? '';
    for (const [index, step] of steps.slice(0, longestPath).entries()) {
      const relation = from?.relation(step.text);
      if (index === 0 && !relation && step.text.toLowerCase() === owner.toLowerCase()) add('object', step);
      else {
        add('relation', step, owner);
        // Names that nobody knows are the same where the whole path is.
        owner = relation?.object ?? `${owner}.${step.text}`;
        from = relation && context.catalogue.object(relation.object);
      }
    }
    return owner;
  };

  if (query.from) add('object', query.from);
  for (const { node, place, resolved } of paths) {
    const [first] = node.parts;
    const last = node.parts.at(-1);
    const isAlias =
      place !== 'select' &&
      node.parts.length === 1 &&
      !resolved?.field &&
      aliasNames.has(first?.text.toLowerCase() ?? '');
    if (first && isAlias) words.push(aliasWord(first, first.text, false));
    else if (node.dangling || !last) addSteps(node.parts);
    else add('field', last, addSteps(node.parts.slice(0, -1)));
  }
  for (const { node } of stars) addSteps(node.parts);
  for (const { node } of calls) add('function', node.name);
  return words;
}

function hasAlias(item: SelectItem): item is SelectItem & { readonly alias: Alias } {
  return item.alias !== undefined;
}

function aliasWord({ start, end }: Span, text: string, declares: boolean): Word {
  return { start, end, kind: 'alias', key: text.toLowerCase(), text, declares };
}

function isNaming({ name, value }: Directive): boolean {
  return name === 'name' && value !== '';
}

function nameWord({ value, valueSpan: { start, end } }: Directive): Word {
  return { start, end, kind: 'name', key: value, text: value, declares: true };
}

/** A query's name where a comment speaks of it. That the offset is in a comment is found out first, and at no cost. */
function mentionAt(file: OpenText, offset: number, files: readonly OpenText[]): Place | undefined {
  const isInComment = [...commentsOf(file.document)].some(comment => holds(comment, offset));
  return isInComment ? namePlaces(files).find(name => name.uri === file.uri && holds(name, offset)) : undefined;
}

/** The names of all queries and the comments' mentions of them, e.g. `@accounts`. */
function namePlaces(files: readonly OpenText[]): Place[] {
  const declared = files.map(({ uri, document }) => ({ uri, document, declarations: declarationsIn(uri, document) }));
  const names = new Set(declared.flatMap(({ declarations }) => declarations.map(({ key }) => key)));
  return declared.flatMap(({ uri, document, declarations }) =>
    [...declarations, ...mentionsIn(document, names).map(mention => placed(mention, 0, uri))].sort(
      (one, other) => one.start - other.start,
    ),
  );
}

function declarationsIn(uri: string, { statements, starts }: ZoqlDocument): Place[] {
  return statements.flatMap((statement, index) => {
    if (!/@name/i.test(statement.text)) return [];
    const start = starts[index] ?? 0;
    return statement.parsed.directives.filter(isNaming).map(directive => placed(nameWord(directive), start, uri));
  });
}

/** A longer name can be declared, but a comment that speaks of it is not understood. */
const longestMention = 100;

function mentionsIn(document: ZoqlDocument, names: ReadonlySet<string>): Word[] {
  // The longest first: "@open invoices" speaks of no query "open" where one is called "open invoices".
  const lengths = [...new Set([...names].map(name => name.length))]
    .filter(length => length <= longestMention)
    .sort((one, other) => other - one);
  return [...commentsOf(document)].flatMap(({ start, end }) =>
    [...document.text.slice(start, end).matchAll(/(?<![\p{L}\d])@/gu)].flatMap(({ index }) => {
      const at = start + index + 1;
      const found = lengths.find(
        length => names.has(document.text.slice(at, at + length)) && endsWord(document.text, at + length),
      );
      if (found === undefined) return [];
      const text = document.text.slice(at, at + found);
      return [{ start: at, end: at + found, kind: 'name' as const, key: text, text, declares: false }];
    }),
  );
}

function endsWord(text: string, at: number): boolean {
  return !/[\p{L}\d_-]/u.test(text.charAt(at));
}

/** Stretches of comments that can speak of a query: directives do not. */
function* commentsOf({ text, statements, starts }: ZoqlDocument): Generator<Span> {
  let end = 0;
  for (const [index, statement] of statements.entries()) {
    const start = starts[index] ?? 0;
    if (end < start) yield { start: end, end: start };
    end = start + statement.text.length;
    if (!statement.text.includes('@')) continue;
    const { comments, directives } = statement.parsed;
    const known = new Set(directives.filter(({ name }) => directiveHelp.has(name)).map(directive => directive.start));
    for (const comment of comments) {
      if (!known.has(comment.start)) yield { start: start + comment.start, end: start + comment.end };
    }
  }
  // What stands between statements and behind the last one is white space, semicolons and comments.
  yield { start: end, end: text.length };
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
