/** Random texts: such as look like queries for a while, and such as do not. */
import fc from 'fast-check';

/** What queries are made of, and what has broken parsers before. */
export const pieces = [
  ...['select', 'from', 'where', 'group', 'by', 'having', 'order', 'limit', 'and', 'or', 'not', 'like', 'in', 'is'],
  ...['null', 'between', 'as', 'distinct', 'true', 'false', 'asc', 'desc', 'join', 'on', 'union', 'case', 'with'],
  ...['Account', 'Id', 'Name', 'Region__c', 'AccountId', 'Account.Id', 'Status', 'UpdatedDate', 'Balance', 'Order'],
  ...['count(', 'max(', 'year(', 'BillToContact.', '*', ',', '(', ')', '=', '!=', '<>', '<=', '>', ';', '==', '&&'],
  ...["'a'", "'", '"', '\\', "''", "'%a%'", "'Active'", "'true'", "'today'", "'now - 1 day'", "'2026-01-01 00:00:00'"],
  ...['-1', '0', '1.5', '2024-01-01', '2024-01-01T00:00:00Z', '--', '/*', '*/', '-- @type zoql\n'],
  ...['-- @deleted column=A format=boolean\n', '-- @apiVersion 69.0\n', '-- @convertToCurrencies EUR,X\n'],
  ...['-- @type zoqlexport\n', '-- @name x\n', '-- #region\n', '-- #endregion\n', '\n', '\r\n', '\r', '\t'],
  ...['\u0000', '\ud800', '😀', '\ufeff', '\u00a0', '\u2028', '‘', '’'],
];

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map(parts => parts.join(' ')),
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 })
    .map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
