/** Every code with what it means and how grave it usually is, as README's table shows it. */
import type { Severity } from './syntax/tree';

export const problemCodes = {
  'clause-order': {
    severity: 'error',
    meaning: 'A clause stands in the wrong place. The order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT.',
  },
  'distinct-outside-count': { severity: 'error', meaning: 'DISTINCT stands only inside COUNT( ).' },
  'duplicate-clause': {
    severity: 'error',
    meaning: 'A clause stands twice; perhaps a ; is missing between two queries.',
  },
  'expected-alias': { severity: 'error', meaning: 'AS lacks the name of the column.' },
  'expected-and': { severity: 'error', meaning: 'BETWEEN lacks AND and its upper end.' },
  'expected-by': { severity: 'error', meaning: 'GROUP or ORDER lacks BY.' },
  'expected-comma': { severity: 'error', meaning: 'Two fields stand side by side without a comma.' },
  'expected-condition': { severity: 'error', meaning: 'WHERE, HAVING, AND, OR or NOT lacks a condition.' },
  'expected-field': { severity: 'error', meaning: 'A field is missing.' },
  'expected-from': { severity: 'error', meaning: 'The query names no object.' },
  'expected-list': { severity: 'error', meaning: 'IN lacks its list.' },
  'expected-null': { severity: 'error', meaning: 'IS lacks NULL.' },
  'expected-number': { severity: 'error', meaning: 'LIMIT lacks a whole number.' },
  'expected-object': { severity: 'error', meaning: 'FROM lacks an object.' },
  'expected-operator': { severity: 'error', meaning: 'A field in a condition is compared with nothing.' },
  'expected-select': { severity: 'error', meaning: 'A statement begins with something other than SELECT.' },
  'expected-value': { severity: 'error', meaning: 'An operator lacks its value.' },
  'in-and-between': {
    severity: 'error',
    meaning: 'IN or BETWEEN: ZOQL has neither (error); Export ZOQL documents neither (warning).',
  },
  join: { severity: 'error', meaning: 'JOIN exists in neither dialect.' },
  'like-pattern': {
    severity: 'error',
    meaning: '% stands in the middle of a LIKE pattern, or twice: an error in ZOQL, a warning in Export ZOQL.',
  },
  'nested-aggregate': { severity: 'error', meaning: 'An aggregate function stands inside another.' },
  'not-equal-sign': { severity: 'error', meaning: '<> exists in neither dialect; it is !=.' },
  'one-object': { severity: 'error', meaning: 'FROM names more than one object.' },
  'only-in-export': {
    severity: 'error',
    meaning: 'A construct of Export ZOQL in a statement that is declared to be ZOQL.',
  },
  'semicolon-missing': {
    severity: 'error',
    meaning: 'A SELECT begins on a new line while the query before it has no ;.',
  },
  subselect: { severity: 'error', meaning: 'Sub-selects exist in neither dialect.' },
  'too-deep': { severity: 'error', meaning: 'Parentheses nest deeper than any real query needs.' },
  'typed-literal': { severity: 'error', meaning: 'A word such as TIMESTAMP stands before a quoted value.' },
  'unclosed-comment': { severity: 'error', meaning: 'A comment lacks its */.' },
  'unclosed-parenthesis': { severity: 'error', meaning: 'A parenthesis is not closed.' },
  'unclosed-string': { severity: 'error', meaning: 'A text lacks its closing quote.' },
  'unexpected-character': { severity: 'error', meaning: 'A character that neither dialect uses.' },
  'unexpected-token': { severity: 'error', meaning: 'A word or sign that cannot stand there.' },
  'unknown-type': { severity: 'error', meaning: '-- @type names neither zoql nor zoqlexport.' },
  'unopened-parenthesis': { severity: 'error', meaning: 'A ) closes nothing.' },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly meaning: string }>>;

export type ProblemCode = keyof typeof problemCodes;
