/** Every code with what it means and how grave it usually is, as README's table shows it. */
import type { Severity } from './syntax/tree';

export const problemCodes = {
  'aggregate-place': { severity: 'error', meaning: 'An aggregate function stands in WHERE or GROUP BY.' },
  'clause-order': {
    severity: 'error',
    meaning: 'A clause stands in the wrong place. The order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT.',
  },
  'column-name': { severity: 'error', meaning: 'The name of a column (AS) stands where a field is to stand.' },
  'column-name-ignored': { severity: 'hint', meaning: 'A column is named as it is called anyway.' },
  'data-query-sql': {
    severity: 'warning',
    meaning: 'The query is in the SQL of Data Query, another interface of Zuora.',
  },
  'date-type': {
    severity: 'warning',
    meaning: 'A date where the field is a datetime, or the other way round, which ZOQL refuses from WSDL 69 on.',
  },
  'datetime-with-space': {
    severity: 'error',
    meaning: 'A datetime with a space: Export ZOQL ignores the condition and returns the whole table.',
  },
  'distinct-outside-count': { severity: 'error', meaning: 'DISTINCT stands only inside COUNT( ).' },
  'double-quotes': { severity: 'hint', meaning: 'A value in double quotes; the documentation shows single ones.' },
  'duplicate-clause': {
    severity: 'error',
    meaning: 'A clause stands twice; perhaps a ; is missing between two queries.',
  },
  'duplicate-column-name': { severity: 'error', meaning: 'Two columns have one name.' },
  'duplicate-field': { severity: 'warning', meaning: 'A field is selected twice.' },
  'duplicate-name': { severity: 'warning', meaning: 'Two queries of a file have one @name, which no job takes.' },
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
  'field-not-in-dialect': {
    severity: 'warning',
    meaning: 'The object has the field, and the dialect of the query has it not, or not there.',
  },
  'foreign-key': {
    severity: 'warning',
    meaning: 'A foreign key (AccountId) in Export ZOQL, which has only its path (Account.Id).',
  },
  'function-argument': {
    severity: 'warning',
    meaning: 'Something that a function cannot take: a text in sum( ), a number in year( ), two fields.',
  },
  'function-in-where': {
    severity: 'hint',
    meaning: 'A date function in WHERE, which the documentation does not allow.',
  },
  'group-by-limit': { severity: 'information', meaning: 'GROUP BY names more fields than the documentation allows.' },
  'having-without-group-by': { severity: 'warning', meaning: 'HAVING stands without GROUP BY.' },
  'in-and-between': {
    severity: 'error',
    meaning: 'IN or BETWEEN: ZOQL has neither (error); Export ZOQL documents neither (warning).',
  },
  join: { severity: 'error', meaning: 'JOIN exists in neither dialect.' },
  'join-in-filter': { severity: 'hint', meaning: 'A condition on a field of another object, which is slow.' },
  'like-pattern': {
    severity: 'error',
    meaning: '% stands in the middle of a LIKE pattern, or twice: an error in ZOQL, a warning in Export ZOQL.',
  },
  'like-without-wildcard': { severity: 'hint', meaning: 'A LIKE pattern has neither % nor _.' },
  'malformed-date': {
    severity: 'error',
    meaning: 'A date that is not written as 2026-08-31, or that no calendar has; a hint for an offset without a colon.',
  },
  'malformed-directive': {
    severity: 'error',
    meaning: '-- @deleted, -- @apiVersion or -- @convertToCurrencies has a value that says nothing.',
  },
  'many-joins': { severity: 'hint', meaning: 'The query reads three or more other objects, which is slow.' },
  'nested-aggregate': { severity: 'error', meaning: 'An aggregate function stands inside another.' },
  'no-deleted-rows': {
    severity: 'error',
    meaning: '-- @deleted on an object whose deleted rows AQuA cannot export.',
  },
  'not-equal-drops-null': {
    severity: 'hint',
    meaning: 'A comparison with != leaves out the rows in which the field has no value.',
  },
  'not-equal-sign': { severity: 'error', meaning: '<> exists in neither dialect; it is !=.' },
  'not-filterable': {
    severity: 'hint',
    meaning: 'A field in WHERE that the documentation does not list as a filter in ZOQL.',
  },
  'not-grouped': { severity: 'error', meaning: 'A field outside of an aggregate is missing in GROUP BY.' },
  'null-on-date': { severity: 'error', meaning: 'A custom date field is compared with null, which ZOQL cannot.' },
  'null-operator': { severity: 'warning', meaning: 'null is compared with something other than = or !=.' },
  'object-not-in-aqua': {
    severity: 'error',
    meaning: 'An object that Zuora has and AQuA does not serve; a warning for custom objects.',
  },
  'object-not-in-dialect': {
    severity: 'warning',
    meaning: 'An object that only the other dialect has; an information where no source has it in either.',
  },
  'one-object': { severity: 'error', meaning: 'FROM names more than one object.' },
  'only-in-export': {
    severity: 'error',
    meaning: 'A construct of Export ZOQL in a statement that is declared to be ZOQL.',
  },
  'operator-type': {
    severity: 'warning',
    meaning: 'LIKE on a number, a date or a boolean, or an order of true and false.',
  },
  'path-without-field': { severity: 'warning', meaning: 'A path ends with an object where a field is to stand.' },
  'query-too-long': {
    severity: 'error',
    meaning: 'The query is longer than 10,000 characters (ZOQL) or 20,000 (Export ZOQL).',
  },
  'quoted-value': {
    severity: 'warning',
    meaning: 'A number, true, false or null in quotes; a hint where it may be meant.',
  },
  'relative-date': { severity: 'error', meaning: 'A relative date of Export ZOQL in words that it does not have.' },
  'removed-rate-plans': {
    severity: 'information',
    meaning: 'ZOQL leaves out removed rate plans where no condition names AmendmentType.',
  },
  'repeated-directive': {
    severity: 'hint',
    meaning: 'A directive such as -- @name stands twice, and one of them does not count.',
  },
  'restricted-field': {
    severity: 'warning',
    meaning: 'ZOQL selects the field only alone, for one record, or not beside another.',
  },
  'semicolon-missing': {
    severity: 'error',
    meaning: 'A SELECT begins on a new line while the query before it has no ;.',
  },
  'star-lacks-keys': { severity: 'hint', meaning: '* leaves out the foreign keys.' },
  'string-escape': {
    severity: 'error',
    meaning: 'A quote in a text is written as the other dialect does; a warning in ZOQL.',
  },
  subselect: { severity: 'error', meaning: 'Sub-selects exist in neither dialect.' },
  'textarea-in-where': { severity: 'warning', meaning: 'A field of long text in WHERE, which ZOQL cannot filter by.' },
  'too-deep': { severity: 'error', meaning: 'Parentheses nest deeper than any real query needs.' },
  'too-many-conditions': { severity: 'error', meaning: 'WHERE has more than 200 conditions in ZOQL.' },
  'typed-literal': { severity: 'error', meaning: 'A word such as TIMESTAMP stands before a quoted value.' },
  'unchecked-field': {
    severity: 'hint',
    meaning: 'A custom field: whether an object has it differs from tenant to tenant.',
  },
  'unclosed-comment': { severity: 'error', meaning: 'A comment lacks its */.' },
  'unclosed-parenthesis': { severity: 'error', meaning: 'A parenthesis is not closed.' },
  'unclosed-string': { severity: 'error', meaning: 'A text lacks its closing quote.' },
  'unexpected-character': { severity: 'error', meaning: 'A character that neither dialect uses.' },
  'unexpected-token': { severity: 'error', meaning: 'A word or sign that cannot stand there.' },
  'unknown-currency': {
    severity: 'warning',
    meaning: '-- @convertToCurrencies names a currency that is not in use.',
  },
  'unknown-directive': {
    severity: 'hint',
    meaning: '-- @ stands before a name that is close to one that means something.',
  },
  'unknown-field': {
    severity: 'warning',
    meaning: 'The object has no such field; an information where its fields are not all known.',
  },
  'unknown-function': { severity: 'warning', meaning: 'A function that Export ZOQL does not document.' },
  'unknown-object': { severity: 'warning', meaning: 'FROM names nothing that Zuora is known to have.' },
  'unknown-relation': { severity: 'warning', meaning: 'A path leads over something that the object is not joined to.' },
  'unknown-type': { severity: 'error', meaning: '-- @type names neither zoql nor zoqlexport.' },
  'unknown-value': {
    severity: 'warning',
    meaning: 'A value that the field is not known to have; a hint where the list may be another one.',
  },
  'unopened-parenthesis': { severity: 'error', meaning: 'A ) closes nothing.' },
  'unquoted-date': { severity: 'warning', meaning: 'A date without quotes in Export ZOQL.' },
  'updated-date': {
    severity: 'hint',
    meaning: 'WHERE names dates and not UpdatedDate, which alone is indexed everywhere.',
  },
  'value-as-field': {
    severity: 'warning',
    meaning: 'A value where a field is to stand: a name in quotes, or the number of a column.',
  },
  'value-too-long': { severity: 'information', meaning: 'A text that is longer than the field.' },
  'value-type': {
    severity: 'warning',
    meaning: 'A value of another type than the field; an information for a number without quotes in Export ZOQL.',
  },
  'version-too-old': {
    severity: 'error',
    meaning: '-- @apiVersion is older than what -- @convertToCurrencies needs.',
  },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly meaning: string }>>;

export type ProblemCode = keyof typeof problemCodes;

/** Told apart from advice: an error or a warning says that something is wrong. */
export function isGrave({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'error' || severity === 'warning';
}
