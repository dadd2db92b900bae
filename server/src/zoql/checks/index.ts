/** All checks, and all codes that a problem can have. A new check is a file beside this one and a line here. */
import type { Check } from './check';
import { inAndBetween } from './inAndBetween';
import { likePattern } from './likePattern';
import { nestedAggregate } from './nestedAggregate';
import { notEqualSign } from './notEqualSign';
import { onlyInExport } from './onlyInExport';
import { semicolonMissing } from './semicolonMissing';
import { unknownType } from './unknownType';

export const checks: readonly Check[] = [
  semicolonMissing,
  unknownType,
  onlyInExport,
  inAndBetween,
  likePattern,
  nestedAggregate,
  notEqualSign,
];

/** Every code with what it means, as README's table shows it. */
export const problemCodes: Readonly<Record<string, string>> = {
  'clause-order':
    'A clause stands in the wrong place. The order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT.',
  'distinct-outside-count': 'DISTINCT stands only inside COUNT( ).',
  'duplicate-clause': 'A clause stands twice; perhaps a ; is missing between two queries.',
  'expected-alias': 'AS lacks the name of the column.',
  'expected-and': 'BETWEEN lacks AND and its upper end.',
  'expected-by': 'GROUP or ORDER lacks BY.',
  'expected-comma': 'Two fields stand side by side without a comma.',
  'expected-condition': 'WHERE, HAVING, AND, OR or NOT lacks a condition.',
  'expected-field': 'A field is missing.',
  'expected-from': 'The query names no object.',
  'expected-list': 'IN lacks its list.',
  'expected-null': 'IS lacks NULL.',
  'expected-number': 'LIMIT lacks a whole number.',
  'expected-object': 'FROM lacks an object.',
  'expected-operator': 'A field in a condition is compared with nothing.',
  'expected-select': 'A statement begins with something other than SELECT.',
  'expected-value': 'An operator lacks its value.',
  'in-and-between': 'IN or BETWEEN: ZOQL has neither (error); Export ZOQL documents neither (warning).',
  join: 'JOIN exists in neither dialect.',
  'like-pattern': '% stands in the middle of a LIKE pattern, or twice: an error in ZOQL, a warning in Export ZOQL.',
  'nested-aggregate': 'An aggregate function stands inside another.',
  'not-equal-sign': '<> exists in neither dialect; it is !=.',
  'one-object': 'FROM names more than one object.',
  'only-in-export': 'A construct of Export ZOQL in a statement that is declared to be ZOQL.',
  'semicolon-missing': 'A SELECT begins on a new line while the query before it has no ;.',
  subselect: 'Sub-selects exist in neither dialect.',
  'too-deep': 'Parentheses nest deeper than any real query needs.',
  'typed-literal': 'A word such as TIMESTAMP stands before a quoted value.',
  'unclosed-comment': 'A comment lacks its */.',
  'unclosed-parenthesis': 'A parenthesis is not closed.',
  'unclosed-string': 'A text lacks its closing quote.',
  'unexpected-character': 'A character that neither dialect uses.',
  'unexpected-token': 'A word or sign that cannot stand there.',
  'unknown-type': '-- @type names neither zoql nor zoqlexport.',
  'unopened-parenthesis': 'A ) closes nothing.',
};
