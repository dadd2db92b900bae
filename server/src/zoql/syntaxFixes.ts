/**
 * The quick fixes of what the parser reports. Those of a check stand in the check's own file.
 *
 * What a person meant where the text cannot be read is a guess. So each repair here is a candidate, the likeliest first,
 * and `findingsOf` keeps those after which the text reads better.
 */
import type { Catalogue } from './catalogue';
import { dialects, type Dialect } from './dialect';
import type { Statement } from './document';
import type { Fix, TextEdit } from './edits';
import { nearest } from './nearest';
import type { ProblemCode } from './problemCodes';
import {
  cased,
  clauseNamed,
  insertion,
  removal,
  removalOfCharacter,
  withSpaceBefore,
  withSpaceBehind,
} from './repairs';
import { isWord, lineEnd, TokenKind } from './syntax/lexer';
import { clauseOf, clauseOrder, isLiteral } from './syntax/roles';
import type { ClauseName, Expression, Problem, Query, Span } from './syntax/tree';

/** The ways to mend one of the parser's problems; none where the person alone knows what is missing. */
export function syntaxFixes(problem: Problem, statement: Statement, reading: Reading): readonly Fix[] {
  const spot = spotOf(problem, statement, reading);
  return [...(repairs[problem.code]?.(spot) ?? []), ...signs(spot)];
}

/** What a statement is read against. */
interface Reading {
  readonly dialect: Dialect;
  readonly catalogue: Catalogue;
}

/** Where a problem is, in tokens. A problem with the text's end stands at the last token. */
interface Spot extends Reading {
  readonly problem: Problem;
  readonly text: string;
  readonly query: Query;
  readonly index: number;
  readonly count: number;
  readonly kind: (index: number) => number;
  readonly span: (index: number) => Span;
  readonly word: (index: number) => string;
}

function spotOf(problem: Problem, { text, parsed }: Statement, reading: Reading): Spot {
  const { count, kinds, starts, ends } = parsed.tokens;
  const found = starts.findIndex(start => problem.start <= start);
  const span = (at: number) => ({ start: starts[at] ?? 0, end: ends[at] ?? 0 });
  return {
    ...reading,
    ...{ problem, text, query: parsed.query, count, span },
    index: found === -1 ? count - 1 : found,
    kind: at => kinds[at] ?? 0,
    word: at => text.slice(starts[at], ends[at]),
  };
}

type Repair = (spot: Spot) => Fix[];

const repairs: Partial<Readonly<Record<ProblemCode, Repair>>> = {
  'clause-order': moveClause,
  'distinct-outside-count': spot => [removeHere(spot, 'Remove DISTINCT'), ...countDistinct(spot), ...groupByAll(spot)],
  'duplicate-clause': spot => [...joinClauses(spot), ...removeClause(spot)],
  'expected-alias': spot => removeOneOf(spot, [TokenKind.as]),
  'expected-and': betweenFixes,
  'expected-by': spot => {
    const { query, text, span, index } = spot;
    return [insertBefore(spot, cased('BY', text, query)), fix('Insert BY', insertion(span(index).end, ' by'))];
  },
  'expected-comma': spot => [
    ...misspelled(spot, ['from']),
    ...shortened(spot),
    ...withoutNullsLast(spot),
    ...fieldInWords(spot),
    ...commaFixes(spot),
  ],
  'expected-condition': spot => [
    ...unquoteNames(spot),
    ...removeOneOf(spot, connectives),
    ...removeOneOf(spot, conditionClauses),
  ],
  'expected-field': fieldFixes,
  'expected-from': ({ query, text }) => {
    const path = query.items.map(({ value }) => value).find(value => value.kind === 'path' && value.parts.length > 1);
    const object = path?.kind === 'path' ? path.parts[0]?.text : undefined;
    return object
      ? [fix(`Insert FROM ${object}`, insertion(query.end, ` ${cased('FROM', text, query)} ${object}`))]
      : [];
  },
  'expected-list': listFixes,
  'expected-null': nullFixes,
  'expected-number': numberFixes,
  'expected-object': spot => [...unquote(spot), ...unquoteNames(spot)],
  'expected-operator': operatorFixes,
  'expected-select': selectFixes,
  'expected-value': spot => [
    ...signedNumber(spot),
    ...withoutParentheses(spot),
    ...insertNull(spot),
    ...removeCondition(spot),
  ],
  join: removeToClause,
  'one-object': removeToClause,
  subselect: removeCondition,
  'typed-literal': withoutType,
  'unclosed-comment': closeComment,
  'unclosed-parenthesis': closeParenthesis,
  'unclosed-string': closeString,
  'unexpected-character': spot => [removeHere(spot), ...removeToClause(spot)],
  'unexpected-token': tokenFixes,
  'unopened-parenthesis': spot => [removeHere(spot, 'Remove this )')],
};

const connectives = [TokenKind.and, TokenKind.or, TokenKind.not];
const conditionClauses = [TokenKind.where, TokenKind.having];

function fix(title: string, ...edits: TextEdit[]): Fix {
  return { title, edits };
}

/** What a person surely meant. */
function sure(title: string, ...edits: TextEdit[]): Fix {
  return { title, edits, preferred: true };
}

function removeHere(spot: Spot, title = `Remove ${shown(spot.word(spot.index))}`): Fix {
  const { text, index, span } = spot;
  const { start, end } = span(index);
  if (end - start === 1) return sure(title, removalOfCharacter(text, start));
  const isFirst = index === 0 || spot.kind(index - 1) === TokenKind.openParenthesis;
  return sure(title, removal(isFirst ? withSpaceBehind(text, { start, end }) : withSpaceBefore(text, { start, end })));
}

/** Removes the token here, or the one before it, where it is one of these. */
function removeOneOf(spot: Spot, kinds: readonly number[]): Fix[] {
  return [spot.index, spot.index - 1].flatMap(index =>
    kinds.includes(spot.kind(index))
      ? [removeHere({ ...spot, index }, `Remove ${spot.word(index).toUpperCase()}`)]
      : [],
  );
}

function insertBefore(spot: Spot, word: string): Fix {
  return sure(`Insert ${word.toUpperCase()}`, insertion(spot.span(spot.index).start, `${word} `));
}

/** Removes all that the parser had to skip: up to the next clause. */
function removeToClause(spot: Spot): Fix[] {
  let last = spot.index;
  while (last + 1 < spot.count && !clauseOf(spot.kind(last + 1))) last++;
  const stretch = { start: spot.span(spot.index).start, end: spot.span(last).end };
  const what = spot.text.slice(stretch.start, stretch.end);
  return [fix(`Remove ${shown(what)}`, removal(withSpaceBefore(spot.text, stretch)))];
}

/** A piece of the text as a title can show it. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 30 ? line : `${line.slice(0, 29)}…`;
}

function moveClause({ problem, query, text }: Spot): Fix[] {
  const clause = query.clauses.find(({ start }) => start === problem.start);
  if (!clause) return [];
  const rank = clauseOrder.indexOf(clause.name);
  const next = query.clauses.find(({ name, start }) => start < clause.start && rank < clauseOrder.indexOf(name));
  if (!next) return [];
  const moved = text.slice(clause.start, clause.end);
  const title = `Move ${clause.name.toUpperCase()} before ${next.name.toUpperCase()}`;
  return [sure(title, insertion(next.start, `${moved} `), removal(withSpaceBefore(text, clause)))];
}

function joinClauses({ problem, query, text }: Spot): Fix[] {
  const clause = query.clauses.find(({ start }) => start === problem.start);
  const { start = 0, bodyStart = 0 } = clause ?? {};
  switch (clause?.name) {
    case 'select': {
      const end = query.clauses.findLast(before => before.end <= start)?.end ?? start;
      return [sure('Insert ; before SELECT', insertion(end, ';'))];
    }
    case 'where':
    case 'having':
      return [fix('Join both by AND', { start, end: bodyStart, newText: cased('AND', text, query) })];
    case 'group by':
    case 'order by':
      return [fix('Join both lists', { ...withSpaceBefore(text, { start, end: bodyStart }), newText: ',' })];
    default:
      return [];
  }
}

function removeClause({ problem, query, text }: Spot): Fix[] {
  const clause = query.clauses.findLast(({ start }) => start <= problem.start);
  if (!clause || clause.name === 'select' || clause.name === 'from') return [];
  return [fix(`Remove this ${clause.name.toUpperCase()}`, removal(withSpaceBefore(text, clause)))];
}

function countDistinct({ query, text }: Spot): Fix[] {
  const [item] = query.items;
  if (item?.value.kind !== 'path') return [];
  const { start, end } = item.value;
  const field = text.slice(start, end);
  const word = query.keywords.find(keyword => keyword.word === 'DISTINCT') ?? item;
  return [fix(`Change to count(distinct ${field})`, { start: word.start, end, newText: `count(distinct ${field})` })];
}

/** What DISTINCT does in SQL: one row for each combination of values. */
function groupByAll(spot: Spot): Fix[] {
  const { query, text } = spot;
  const last = query.clauses.find(({ name }) => clauseOrder.indexOf('group by') < clauseOrder.indexOf(name));
  const names = query.items.map(({ value }) => text.slice(value.start, value.end));
  if (clauseNamed(query, 'group by') || query.items.some(({ value }) => value.kind !== 'path')) return [];
  const at = last ? query.clauses[query.clauses.indexOf(last) - 1]?.end : query.end;
  const clause = ` ${cased('GROUP BY', text, query)} ${names.join(', ')}`;
  return [fix('Change to GROUP BY', ...removeHere(spot).edits, insertion(at ?? query.end, clause))];
}

function betweenFixes(spot: Spot): Fix[] {
  const { index, query, problem, span, kind } = spot;
  const word = query.keywords.findLast(keyword => keyword.word === 'BETWEEN' && keyword.start < problem.start);
  return [
    ...(kind(index) === TokenKind.comma ? [sure('Change to AND', { ...span(index), newText: ' and' })] : []),
    insertBefore(spot, 'and'),
    ...(word ? [fix('Change BETWEEN to >=', { start: word.start, end: word.end, newText: '>=' })] : []),
  ];
}

/** Where a word here, or the one before it, is a slip of a keyword. */
function misspelled(spot: Spot, words: readonly string[]): Fix[] {
  return [spot.index, spot.index - 1].flatMap(index => {
    if (spot.kind(index) !== TokenKind.word) return [];
    const word = nearest(spot.word(index), words);
    const newText = word && cased(word.toUpperCase(), spot.text, spot.query);
    return newText
      ? [sure(`Change ${spot.word(index)} to ${word.toUpperCase()}`, { ...spot.span(index), newText })]
      : [];
  });
}

/** `order by Name descending` */
function shortened({ index, word, span }: Spot): Fix[] {
  const direction = /^(asc|desc)ending$/i.exec(word(index))?.[1];
  return direction ? [sure(`Change to ${direction}`, { ...span(index), newText: direction })] : [];
}

/** `order by Name desc nulls last` */
function withoutNullsLast({ text, index, kind, word, span }: Spot): Fix[] {
  const isOrder = kind(index - 1) === TokenKind.asc || kind(index - 1) === TokenKind.desc;
  if (!isOrder || word(index).toLowerCase() !== 'nulls') return [];
  const { start, end } = { start: span(index).start, end: span(index + 1).end };
  return [sure(`Remove ${shown(text.slice(start, end))}`, removal(withSpaceBefore(text, { start, end })))];
}

/** `select account number`: the words of one name. */
function fieldInWords({ text, query, index, span, catalogue }: Spot): Fix[] {
  const object = query.from && catalogue.object(query.from.text);
  for (let first = Math.max(0, index - mostWords + 1); first < index; first++) {
    for (let last = index + mostWords - 2; index <= last; last--) {
      const words = { start: span(first).start, end: span(last).end };
      const field = object?.field(joinedWords(text.slice(words.start, words.end)));
      if (field) return [sure(`Change to ${field.name}`, { ...words, newText: field.name })];
    }
  }
  return [];
}

/** `from Invoice Item`: the same. */
function objectInWords({ text, query: { from }, index, span, catalogue }: Spot): Fix[] {
  if (!from) return [];
  for (let last = index + mostWords - 2; index <= last; last--) {
    const words = { start: from.start, end: span(last).end };
    const object = catalogue.object(joinedWords(text.slice(words.start, words.end)));
    if (object) return [sure(`Change to ${object.name}`, { ...words, newText: object.name })];
  }
  return [];
}

const mostWords = 4;

/** Words without the white space between them; empty where anything else stands there. */
function joinedWords(text: string): string {
  return /^\w+(\s+\w+)+$/.test(text) ? text.replace(/\s/g, '') : '';
}

function commaFixes({ index, span, kind }: Spot): Fix[] {
  // `Balance * 2` is arithmetic, which a comma does not mend.
  if (kind(index) === TokenKind.number || kind(index + 1) === TokenKind.number) return [];
  const isTimes = (at: number) =>
    kind(at) === TokenKind.star && kind(at - 1) === TokenKind.word && kind(at + 1) === TokenKind.word;
  if (isTimes(index) || isTimes(index - 1)) return [];
  const { end } = span(index - 1);
  const comma = sure('Insert a comma', insertion(end, ','));
  const as = fix('Insert AS', insertion(end, ' as'));
  return kind(index - 1) === TokenKind.closeParenthesis
    ? [
        { ...as, preferred: true },
        { ...comma, preferred: false },
      ]
    : [comma, as];
}

function fieldFixes(spot: Spot): Fix[] {
  const { index, kind, word, span } = spot;
  const isCount = word(index - 2).toLowerCase() === 'count' && kind(index) === TokenKind.closeParenthesis;
  return [
    ...unquoteNames(spot),
    ...removeOneOf(spot, [TokenKind.comma, TokenKind.dot]),
    ...(isCount ? [sure('Insert *', insertion(span(index).start, '*'))] : []),
    ...(kind(index - 1) === TokenKind.select ? [fix('Insert Id', insertion(span(index - 1).end, ' Id'))] : []),
    ...(kind(index) === TokenKind.unknown ? [removeHere(spot)] : []),
    ...withoutParentheses(spot),
    ...(isIn(spot, 'where') || isIn(spot, 'having') ? [] : removeClause(spot)),
  ];
}

function isIn({ query, problem }: Spot, name: ClauseName): boolean {
  return query.clauses.findLast(({ start }) => start <= problem.start)?.name === name;
}

/** A name in the quotes of another SQL: `Id` in backticks, [Id]. All of them change at once, since one hides the next. */
function unquoteNames({ problem, text, count, span, kind }: Spot): Fix[] {
  const found: TextEdit[] = [];
  for (let index = 0; index < count; index++) {
    if (kind(index) !== TokenKind.unknown) continue;
    quotedName.lastIndex = span(index).start;
    const [quoted = '', name = quoted.slice(1, -1)] = quotedName.exec(text) ?? [];
    if (quoted) found.push({ start: span(index).start, end: span(index).start + quoted.length, newText: name });
  }
  const here = found.find(({ start, end }) => start <= problem.start && problem.start < end);
  if (!here) return [];
  const change = `Change ${text.slice(here.start, here.end)} to ${here.newText}`;
  return [sure(change, here), ...(1 < found.length ? [sure(`${change}, and the like`, ...found)] : [])];
}

const quotedName = /`[a-z][\w.]*`|\[[a-z][\w.]*\]/iy;

/** `('a')` where one value stands, `(Id, Name)` where a list does. */
function withoutParentheses({ text, index, count, kind, span }: Spot): Fix[] {
  if (kind(index) !== TokenKind.openParenthesis) return [];
  for (let close = index + 1, depth = 1; close < count; close++) {
    if (kind(close) === TokenKind.openParenthesis) depth++;
    if (kind(close) !== TokenKind.closeParenthesis || --depth > 0) continue;
    const edits = [removalOfCharacter(text, span(index).start), removalOfCharacter(text, span(close).start)];
    return [sure('Remove the parentheses', ...edits)];
  }
  return [];
}

function listFixes({ index, kind, span }: Spot): Fix[] {
  let last = index;
  while (kind(last + 1) === TokenKind.comma && isLiteral(kind(last + 2))) last += 2;
  if (!isLiteral(kind(index))) return [];
  return [sure('Put it in parentheses', insertion(span(index).start, '('), insertion(span(last).end, ')'))];
}

/** `is 5`, `is not 'a'`, `is` */
function nullFixes({ index, kind, span }: Spot): Fix[] {
  const last = kind(index) === TokenKind.is || kind(index) === TokenKind.not ? index : index - 1;
  const isNegated = kind(last) === TokenKind.not;
  const sign = isNegated ? '!=' : '=';
  const words = { start: span(isNegated ? last - 1 : last).start, end: span(last).end };
  return [sure(`Change to ${sign}`, { ...words, newText: sign }), fix('Insert NULL', insertion(words.end, ' null'))];
}

function numberFixes(spot: Spot): Fix[] {
  const { index, word, span } = spot;
  const number = /^['"]?(\d+)(\.\d+)?['"]?$/.exec(word(index))?.[1];
  return [
    ...(number ? [sure(`Change to ${number}`, { ...span(index), newText: number })] : []),
    ...removeOneOf(spot, [TokenKind.comma]),
    ...removeClause(spot),
  ];
}

/** `+5`, `- 5`, `.5`, `$5` */
function signedNumber({ problem, text }: Spot): Fix[] {
  const [written, sign = '', digits = ''] = /^([-+$€£])?\s*(\d*\.?\d+)/.exec(text.slice(problem.start)) ?? [];
  if (!written) return [];
  const newText = (sign === '-' ? sign : '') + digits.replace(/^\./, '0.');
  return [sure(`Change to ${newText}`, { start: problem.start, end: problem.start + written.length, newText })];
}

/** `1,000`, `1,5`, `1e5` */
function splitNumber({ text, index, kind, span }: Spot): Fix[] {
  const before = span(index - 1);
  if (kind(index - 1) !== TokenKind.number || before.end !== span(index).start) return [];
  const [written = ''] = /^-?\d[\d.,]*(e[-+]?\d+)?/i.exec(text.slice(before.start)) ?? [];
  const isGrouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(written);
  const newText = /e/i.test(written) ? String(Number(written)) : written.replaceAll(',', isGrouped ? '' : '.');
  if (!/^-?\d+(\.\d+)?$/.test(newText)) return [];
  return [sure(`Change to ${newText}`, { start: before.start, end: before.start + written.length, newText })];
}

function unquote({ index, kind, word, span }: Spot): Fix[] {
  if (kind(index) !== TokenKind.string) return [];
  const name = word(index).slice(1, -1);
  return [sure(`Change to ${name}`, { ...span(index), newText: name })];
}

function operatorFixes(spot: Spot): Fix[] {
  const { index, kind, span } = spot;
  const here = isLiteral(kind(index)) ? [sure('Insert =', insertion(span(index).start, '= '))] : [];
  const isTrue = [index - 1, index]
    .filter(at => isWord(kind(at)) && !isLiteral(kind(at)))
    .map(at => fix('Insert = true', insertion(span(at).end, ' = true')));
  return [...misspelled(spot, ['like', 'between', 'is']), ...here, ...isTrue, ...removeCondition(spot)];
}

function selectFixes(spot: Spot): Fix[] {
  const { index, count, kind, span } = spot;
  let select = index;
  while (select < count && kind(select) !== TokenKind.select) select++;
  const before = { start: span(index).start, end: span(select).start };
  const isOtherStatement = /^(alter|create|delete|drop|insert|merge|update|with)$/i.test(spot.word(index));
  return [
    ...misspelled(spot, ['select']),
    ...(isOtherStatement ? [] : [insertBefore(spot, 'select')]),
    ...(select < count
      ? [fix(`Remove ${shown(spot.text.slice(before.start, before.end).trim())}`, removal(before))]
      : []),
  ];
}

function insertNull({ index, kind, span }: Spot): Fix[] {
  return [index - 1, index].flatMap(at =>
    kind(at) === TokenKind.equal || kind(at) === TokenKind.notEqual
      ? [fix('Compare with null', insertion(span(at).end, ' null'))]
      : [],
  );
}

/** Removes the condition that a problem is in, with the AND or OR that joined it. */
function removeCondition(spot: Spot): Fix[] {
  const { problem, query, text } = spot;
  const title = 'Remove this condition';
  const name = clauseNamed(query, 'having')?.start ?? Infinity;
  const clause = clauseNamed(query, name < problem.start ? 'having' : 'where');
  let at: Expression | undefined = name < problem.start ? query.having : query.where;
  let edit = clause && removal(withSpaceBefore(text, clause));
  while (at?.kind === 'and' || at?.kind === 'or') {
    const { operands }: { readonly operands: readonly Expression[] } = at;
    const index = operands.findLastIndex(({ start }) => start <= problem.start);
    const [before, here, behind] = [operands[index - 1], operands[index], operands[index + 1]];
    if (!here || (!before && !behind)) return [];
    edit = removal(
      before ? { start: before.end, end: here.end } : { start: here.start, end: behind?.start ?? here.end },
    );
    at = here;
  }
  return edit ? [fix(title, edit)] : [];
}

/** `TIMESTAMP '2026-08-01 00:00:00.000'` becomes `'2026-08-01T00:00:00'`. */
function withoutType({ text, index, span, word }: Spot): Fix[] {
  const [date, time] = word(index + 1)
    .slice(1, -1)
    .split(/[ T]/);
  const value = time === undefined ? date : `${date}T${time.replace(/\.\d+/, '')}`;
  const { start } = span(index);
  const { end } = span(index + 1);
  const newText = `'${value}'`;
  const without = fix(`Remove ${word(index)}`, removal(withSpaceBehind(text, span(index))));
  return [sure(`Change to ${newText}`, { start, end, newText }), ...(word(index + 1) === newText ? [] : [without])];
}

function closeComment({ problem, text }: Spot): Fix[] {
  return [
    sure('Close it at the end of its line', insertion(lineEnd(text, problem.start), ' */')),
    fix('Close it at the end', insertion(text.trimEnd().length, ' */')),
  ];
}

function closeParenthesis({ problem, text, index, count, kind, span }: Spot): Fix[] {
  let last = index;
  while (last + 1 < count && !clauseOf(kind(last + 1))) last++;
  const open = span(index);
  return [
    sure('Insert )', insertion(span(last).end, ')')),
    fix('Insert ) behind the first name', insertion(span(index + 1).end, ')')),
    fix('Remove this (', removalOfCharacter(text, open.start)),
  ].filter(() => open.start === problem.start);
}

/** Closes a text before what reads on as a query, or else where its line ends. */
function closeString({ problem, text }: Spot): Fix[] {
  const open = text.slice(problem.start, problem.end);
  const quote = open.charAt(0);
  const ends = [/\s+(and|or|group by|order by|limit)\s/i, /\s*\)/, /\s*$/].map(pattern => open.search(pattern));
  return ends
    .filter(end => 0 < end)
    .map((end, order) => ({
      ...fix(
        end === 1 ? `Insert the closing ${quote}` : `Insert ${quote} behind ${shown(open.slice(1, end))}`,
        insertion(problem.start + end, quote),
      ),
      preferred: order === 0,
    }));
}

function tokenFixes(spot: Spot): Fix[] {
  const { text, query, index, kind, span } = spot;
  const isInCondition = /AND or OR/.test(spot.problem.message);
  const number = splitNumber(spot);
  // What is left of a number would be another one.
  if (number.length > 0) return number;
  return [
    ...quoteFixes(spot),
    ...objectInWords(spot),
    ...misspelled(spot, ['where', 'group', 'having', 'order', 'limit', ...(isInCondition ? ['and'] : [])]),
    ...sqlWords(spot),
    ...(isInCondition && kind(index - 1) !== TokenKind.comma
      ? ['AND', 'OR'].map((word, order) => ({
          ...insertBefore(spot, cased(word, text, query)),
          preferred: order === 0,
        }))
      : []),
    ...(isInCondition ? [fix('Change to AND', { ...span(index), newText: ' and' })] : []).filter(
      () => kind(index) === TokenKind.comma,
    ),
    { ...removeHere(spot), preferred: false },
    ...removeToClause(spot),
  ];
}

/**
 * `'O'Brien'`: the quote in the middle belongs to the text. `'a and Status = 'b'`: the text lacks its quote and has taken
 * in what follows.
 */
function quoteFixes({ index, kind, span, word, dialect }: Spot): Fix[] {
  const before = span(index - 1);
  if (kind(index - 1) !== TokenKind.string || before.end !== span(index).start) return [];
  const string = word(index - 1);
  const end = string.search(/\s+(and|or)\s/i);
  if (0 < end) return [sure('Insert the closing quote', insertion(before.start + end, string.charAt(0)))];
  const escape = dialects[dialect].escapes === 'doubled' ? string.charAt(0) : '\\';
  return [sure('Keep the quote as part of the text', insertion(before.end - 1, escape))];
}

/** TOP, ALL, OFFSET and UNION, which SQL has. */
function sqlWords(spot: Spot): Fix[] {
  const { text, query, index, kind, span, word } = spot;
  const limit = (count: string) => `${cased('LIMIT', text, query)} ${count}`;
  const here = word(index).toLowerCase();
  const isNumber = kind(index + 1) === TokenKind.number;
  if (here === 'top' && isNumber) {
    const stretch = withSpaceBehind(text, { start: span(index).start, end: span(index + 1).end });
    const clause = limit(word(index + 1));
    return [sure(`Change to ${clause}`, removal(stretch), insertion(query.end, ` ${clause}`))];
  }
  if (here === 'offset' && isNumber && kind(index - 2) === TokenKind.limit) {
    const clause = limit(`${word(index + 1)}, ${word(index - 1)}`);
    return [sure(`Change to ${clause}`, { start: span(index - 2).start, end: span(index + 1).end, newText: clause })];
  }
  if (here === 'union') {
    const last = word(index + 1).toLowerCase() === 'all' ? index + 1 : index;
    const { start, end } = withSpaceBefore(text, { start: span(index).start, end: span(last).end });
    return [sure('Split into two queries', { start, end, newText: ';' })];
  }
  return here === 'all' ? [sure('Remove ALL', removal(withSpaceBehind(text, span(index))))] : [];
}

/** Signs of other languages, and what is written for them here. All of them change at once, since one hides the next. */
function signs({ problem, text, count, span }: Spot): Fix[] {
  const found: TextEdit[] = [];
  for (let index = 0; index < count; index++) {
    const { start } = span(index);
    if (start < (found.at(-1)?.end ?? 0)) continue;
    foreignSign.lastIndex = start;
    const sign = foreignSign.exec(text)?.[0];
    if (!sign) continue;
    const word = signsHere[sign.replace(/\s/g, '')] ?? "'";
    const isWord = /^[a-z]/.test(word);
    const before = isWord && !/\s/.test(text.charAt(start - 1)) ? ' ' : '';
    const behind = isWord && !/\s/.test(text.charAt(start + sign.length)) ? ' ' : '';
    found.push({ start, end: start + sign.length, newText: before + word + behind });
  }
  const here = found.find(({ start, end }) => start <= problem.start && problem.start < end);
  if (!here) return [];
  const change = `Change ${text.slice(here.start, here.end)} to ${here.newText.trim()}`;
  return [sure(change, here), ...(1 < found.length ? [sure(`${change}, and the like`, ...found)] : [])];
}

const foreignSign = /\/\/|#(?= )|==+|&&?|\|\|?|=[<>!]|!\s+=|!(?!=)|≠|≤|≥|[‘’‚‛“”„‟´`]/y;

const signsHere: Readonly<Record<string, string>> = {
  '//': '--',
  '#': '--',
  '==': '=',
  '===': '=',
  '&&': 'and',
  '&': 'and',
  '||': 'or',
  '|': 'or',
  '=<': '<=',
  '=>': '>=',
  '=!': '!=',
  '!': 'not',
  '!=': '!=',
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
};
