/**
 * What can be typed at a cursor. The list is whole: the editor filters it by what is typed. An item that is accepted
 * leaves the text as right as it was.
 *
 * Where the dialect is declared, by `-- @type` or the setting, only what it has is offered. Where it is inferred and
 * nothing asks for Export ZOQL yet, both are open: choosing what only Export ZOQL has makes the query one.
 */
import { analyse, type Context } from '../analysis';
import type { CatalogueObject } from '../catalogue';
import { chooseDialect } from '../chooseDialect';
import type { DialectChoice } from '../dialect';
import { statementAt, type Statement, type ZoqlDocument } from '../document';
import { readGap, slotAt, type Place, type Slot } from '../slot';
import { parse } from '../syntax/parser';
import type { Directive, Span } from '../syntax/tree';
import { usesOf } from '../uses';
import { aliasItems } from './aliases';
import { directiveItems } from './directives';
import type { CompletionItem, Dialects, Scope } from './item';
import { keywordItems } from './keywords';
import { objectItems } from './objects';
import { operandItems } from './operands';
import { operatorItems } from './operators';
import { phraseItems } from './phrases';
import { startItems } from './snippets';
import { isWanted, isWantedValue } from './triggers';
import { valueItems } from './values';

export type { CompletionItem, CompletionKind } from './item';

export interface CompletionList {
  readonly items: readonly CompletionItem[];
  /** What an accepted item takes the place of, in offsets of the file; on one line, with the cursor in it. */
  readonly replace: Span;
}

export interface CompletionOptions {
  /** The character that made the editor ask; the list is empty where a person types it for its own sake. */
  readonly triggerCharacter?: string | undefined;
  /** For the dates that are offered, as YYYY-MM-DD; without it they are an example. */
  readonly today?: string | undefined;
}

/** Everything that can stand at an offset of the file. */
export function completions(
  document: ZoqlDocument,
  offset: number,
  context: Context,
  { triggerCharacter, today = '2026-01-31' }: CompletionOptions = {},
): CompletionList {
  const found = statementAt(document, offset);
  const start = found?.start ?? endOfStatements(document);
  const source = found?.statement.parsed ?? readGap(document.text.slice(start));
  const slot = slotAt(source, offset - start);
  const shifted = ({ start: from, end }: Span): Span => ({ start: start + from, end: start + end });
  const upperCase = writesUpperCase(document, found?.statement, slot);
  const items = (): CompletionItem[] => {
    if (!found || isAtStart(slot)) return itemsBetween(source.directives, slot, { context, upperCase, today });
    const scope = scopeOf(found.statement, slot, { context, upperCase, today });
    if (triggerCharacter !== undefined && !isWantedValue(slot, scope)) return [];
    const typed = source.text.slice(slot.phrase?.start ?? 0, offset - start);
    return itemsInStatement(slot, scope, typed).map(item =>
      item.replace ? { ...item, replace: shifted(item.replace) } : item,
    );
  };
  const isAsked = triggerCharacter === undefined || isWanted(triggerCharacter, slot);
  return { items: isAsked ? items() : [], replace: shifted(slot.replace) };
}

type Given = Pick<Scope, 'context' | 'upperCase' | 'today'>;

/** Where nothing stands yet but comments and what is being typed. */
function isAtStart({ place, keywords }: Slot): boolean {
  return place.kind === 'nothing' && keywords.length === 1 && keywords[0] === 'SELECT';
}

function itemsBetween(directives: readonly Directive[], slot: Slot, given: Given): CompletionItem[] {
  const { place, isLast } = slot;
  if (!isAtStart(slot)) return directiveItems(place, undefined);
  const { queryType, catalogue } = given.context;
  const parsed = { query: noQuery, directives };
  const choice = chooseDialect(parsed, queryType, undefined, query => usesOf(query, undefined, catalogue));
  return startItems({ ...given, catalogue, dialects: openDialects(choice), isLast });
}

const noQuery = parse('').query;

function scopeOf(statement: Statement, { place, isLast, replace }: Slot, given: Given): Scope {
  const { object, choice } = analyse(statement, given.context);
  // The object at the cursor is about to change: what it asks for does not count.
  const dialects =
    place.kind === 'object'
      ? openDialects(choiceWithoutObject(statement, given.context))
      : openDialects(choice, object);
  return {
    ...given,
    catalogue: given.context.catalogue,
    statement,
    object,
    needsObject: isLast && statement.parsed.query.from === undefined,
    dialects,
    word: replace,
  };
}

function itemsInStatement(slot: Slot, scope: Scope, typed: string): CompletionItem[] {
  return [
    ...itemsOf(slot.place, scope),
    ...keywordItems(slot.keywords, scope),
    ...(slot.phrase ? phraseItems(slot.phrase, typed, scope, place => itemsOf(place, scope)) : []),
  ];
}

function itemsOf(place: Place, scope: Scope): readonly CompletionItem[] {
  switch (place.kind) {
    case 'nothing':
      return [];
    case 'object':
      return objectItems(scope);
    case 'operand':
      return operandItems(place, scope);
    case 'value':
      return valueItems(place, scope);
    case 'operator':
      return operatorItems(place.left, scope);
    case 'alias':
      return aliasItems(place.quote, scope);
    case 'directive':
    case 'directive value':
      return directiveItems(place, scope.object);
  }
}

/** An object that only ZOQL has keeps an inferred dialect from becoming another. */
function openDialects({ dialect, source }: DialectChoice, object?: CatalogueObject): Dialects {
  const canBecomeExport = source === 'inferred' && object?.exported !== false;
  return { zoql: dialect === 'zoql', zoqlexport: dialect === 'zoqlexport' || canBecomeExport };
}

function choiceWithoutObject({ parsed }: Statement, { queryType, catalogue }: Context): DialectChoice {
  const query = { ...parsed.query, from: undefined };
  return chooseDialect({ directives: parsed.directives, query }, queryType, undefined, part =>
    usesOf(part, undefined, catalogue),
  );
}

/**
 * Keywords are written as the statement's first one is; else as what is being typed, or as the file's first statement.
 * Zuora's documentation writes lower case.
 */
function writesUpperCase(document: ZoqlDocument, statement: Statement | undefined, { replace }: Slot): boolean {
  const samples = [
    statement && firstKeyword(statement, replace.start),
    statement?.text.slice(replace.start, replace.end),
    document.statements[0] && firstKeyword(document.statements[0]),
  ];
  const written = samples.find(sample => sample) ?? '';
  return written !== written.toLowerCase() && written === written.toUpperCase();
}

function firstKeyword({ text, parsed }: Statement, cursorsOwn?: number): string | undefined {
  const clause = parsed.query.clauses.find(({ start, bodyStart }) => start < bodyStart && start !== cursorsOwn);
  return clause && text.slice(clause.start, clause.bodyStart);
}

/** Where the text begins that belongs to no statement. */
function endOfStatements({ starts, statements }: ZoqlDocument): number {
  const last = statements.at(-1);
  return last ? (starts.at(-1) ?? 0) + last.text.length : 0;
}
