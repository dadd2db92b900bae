/**
 * Short help on the words of both dialects, for hover and completion.
 *
 * Sources: Zuora docs, "ZOQL", "Export ZOQL" and "Special datetime features" (scraped 2025-12 to 2026-02).
 */

export interface Help {
  /** How it is written. */
  readonly usage: string;
  /** One or two sentences, plain text. */
  readonly text: string;
  /** ZOQL does not have it. */
  readonly exportOnly: boolean;
}

const inBoth = (usage: string, text: string): Help => ({ usage, text, exportOnly: false });
const inExport = (usage: string, text: string): Help => ({ usage, text, exportOnly: true });

/** Help on functions; the keys are in lower case. */
export const functionHelp: ReadonlyMap<string, Help> = new Map([
  ['avg', inExport('avg(field)', 'The average of the values.')],
  ['count', inExport('count([distinct] field or *)', 'The number of values, of different values, or of rows.')],
  ['max', inExport('max(field)', 'The largest value.')],
  ['min', inExport('min(field)', 'The smallest value.')],
  ['sum', inExport('sum(field)', 'The sum of the values.')],
  ['date', inExport('date(field)', 'The day of a datetime.')],
  ['year', inExport('year(field)', 'The year of a date or datetime.')],
  ['month', inExport('month(field)', 'The month of a date or datetime, 1 to 12.')],
  ['week', inExport('week(field)', 'The week of a date or datetime.')],
  ['weekofyear', inExport('weekofyear(field)', 'The number of the week in its year.')],
  ['quarter', inExport('quarter(field)', 'The quarter of a date or datetime, 1 to 4.')],
]);

const undocumented = 'ZOQL does not have it, and Export ZOQL does not document it';

/** Help on keywords and operators; the keys are in upper case. */
export const keywordHelp: ReadonlyMap<string, Help> = new Map([
  ['SELECT', inBoth('select field, …', 'Begins a query and lists what each row of the result holds.')],
  ['FROM', inBoth('from object', 'Names the one object that the query reads.')],
  ['WHERE', inBoth('where condition', 'Keeps only the rows for which the condition holds.')],
  ['AND', inBoth('a and b', 'Both hold. Binds tighter than OR.')],
  ['OR', inBoth('a or b', 'At least one holds.')],
  ['=', inBoth('field = value', 'Equal.')],
  ['!=', inBoth('field != value', 'Not equal. Leaves out the rows in which the field has no value.')],
  ['<', inBoth('field < value', 'Less; of dates, earlier.')],
  ['<=', inBoth('field <= value', 'Less or equal; of dates, earlier or the same.')],
  ['>', inBoth('field > value', 'Greater; of dates, later.')],
  ['>=', inBoth('field >= value', 'Greater or equal; of dates, later or the same.')],
  ['IN', inExport('field in (value, …)', `${undocumented}: join comparisons with = by OR.`)],
  ['BETWEEN', inExport('field between a and b', `${undocumented}: use >= and <=.`)],
  ['LIKE', inBoth("field like 'abc%'", 'Compares with a pattern: % stands for any text, at its start or its end.')],
  ['NULL', inBoth('field = null', 'No value.')],
  ['TRUE', inBoth('field = true', 'The value of a boolean field.')],
  ['FALSE', inBoth('field = false', 'The value of a boolean field.')],
  ['NOT', inExport('not condition', 'Holds where the condition does not.')],
  ['IS', inExport('field is null, field is not null', 'Says whether a field has a value.')],
  ['AS', inExport('field as "Name"', 'Names the column of the result. The name cannot be used in other clauses.')],
  ['GROUP', inExport('group by field, …', 'Makes one row of all rows that have the same values in these fields.')],
  ['HAVING', inExport('having condition', 'Keeps only the groups for which the condition holds.')],
  ['ORDER', inExport('order by field, …', 'Sorts the result.')],
  ['BY', inExport('group by field, order by field', 'Stands before the fields of GROUP BY and ORDER BY.')],
  ['ASC', inExport('order by field asc', 'Sorts the smallest value first, as without it.')],
  ['DESC', inExport('order by field desc', 'Sorts the largest value first.')],
  ['LIMIT', inExport('limit count, or limit offset, count', 'Returns at most this many rows.')],
  ['DISTINCT', inExport('count(distinct field)', 'Counts each value once.')],
]);

/** Help on something whose name is matched without regard to case. */
export interface NamedHelp extends Help {
  /** As it is written. */
  readonly name: string;
}

/** What `-- @name value` can say; the keys are in lower case. */
export const directiveHelp: ReadonlyMap<string, NamedHelp> = byName([
  { name: 'name', ...inBoth('-- @name value', 'Names the query: its batch in an AQuA job has this name.') },
  {
    name: 'type',
    ...inBoth('-- @type zoql or -- @type zoqlexport', 'Says which of the two dialects the query is in.'),
  },
  {
    name: 'deleted',
    ...inBoth(
      '-- @deleted column=Deleted format=Boolean',
      'Adds a column to the result that tells deleted rows, which Zuora keeps for 30 days.',
    ),
  },
  {
    name: 'apiVersion',
    ...inBoth('-- @apiVersion 91.0', 'The WSDL version that AQuA runs the query with; without it the newest.'),
  },
  {
    name: 'convertToCurrencies',
    ...inBoth(
      '-- @convertToCurrencies EUR,GBP',
      'Adds the amounts in these currencies. Needs Foreign Currency Conversion and version 78.0 or newer.',
    ),
  },
]);

/** What `-- @deleted` sets; the keys are in lower case. */
export const deletedKeys: ReadonlyMap<string, NamedHelp> = byName([
  { name: 'column', ...inBoth('column=Deleted', 'The name of the column that tells whether a row is deleted.') },
  { name: 'format', ...inBoth('format=Boolean', 'Boolean gives true and false, Numeric 1 and 0.') },
  {
    name: 'forceExport',
    ...inBoth(
      'forceExport=true',
      'What a stateless job needs to export deleted rows (error 90012). It is sent for you where the job is stateless.',
    ),
  },
]);

function byName(helps: readonly NamedHelp[]): ReadonlyMap<string, NamedHelp> {
  return new Map(helps.map(help => [help.name.toLowerCase(), help]));
}
