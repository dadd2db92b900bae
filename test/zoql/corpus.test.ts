/**
 * Real queries, valid and invalid, against the parser and the checks. They are kept outside this repository: the
 * folder that ZOQL_CORPUS names. Without it there is nothing to register; parser.test.ts covers the same constructs.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openDocument, type DialectSetting } from '../../server/src/zoql/index';
import { bundled } from './catalogues';
import { problemsOf } from './problems';

/** Where each query that is wrong by syntax must be marked, and nowhere else. */
const syntaxErrors: Readonly<Record<string, string | readonly string[]>> = {
  x001: '*',
  x002: '*',
  x003: '(',
  x005: "'%ompany%'",
  x007: "'a%c'",
  x008: "'%Acme%'",
  x010: 'IN',
  x011: 'IN',
  x013: 'IN',
  x028: 'count(Id)',
  x032: 'sum',
  x040: 'other',
  x041: ['TIMESTAMP', "'2026-08-01 00:00:00.000000'"],
  x042: "'2026-08-01 00:00:00'",
  x047: 'Left',
};

/** What else is found in queries that the service refuses, by the facts about objects and fields. */
const wrongNames: Readonly<Record<string, string>> = {
  x001: 'accountsX unknown-object',
  x011: 'SubscriptionNumber unknown-field',
  x025: 'RenewalReminder__c unchecked-field',
  x029: 'Notes textarea-in-where',
  x038: 'CorporateAccountId__c unchecked-field',
  x043: 'NoSuchRelation unknown-relation',
  x044: 'BillingPreviewRun object-not-in-dialect',
  x045: 'NoSuchObject unknown-object',
  x046: 'RolloverBalance field-not-in-dialect',
};

/** The one warning about a name in a valid query: an example of the documentation that a message of the service refuses. */
const warnedNames: Readonly<Record<string, string>> = { v213: 'price restricted-field' };

/** What is wrong with values and operators in queries that the service refuses. */
const wrongValues: Readonly<Record<string, string>> = {
  x005: "'%ompany%' like-pattern",
  x010: 'IN in-and-between',
  x027: "'2015-02-28T23:54:01-08:00' date-type",
  x042: "'2026-08-01 00:00:00' datetime-with-space",
};

/**
 * What is said of values in valid queries: datetimes that only old versions of the service take, a value of an old
 * version, one in small letters, and an Id with a space.
 */
const warnedValues: Readonly<Record<string, string>> = {
  v176: "'UCE' unknown-value",
  v189: "'2015-02-28T23:54:01-08:00' date-type",
  v190: "'2014-12-01T01:30:00+00:00' date-type",
  v191: "'active' unknown-value",
  v204: "' 4028929f33ca990b0133ca9ed8400002' value-too-long",
};

const codesOfValues: ReadonlySet<string> = new Set([
  'date-type',
  'datetime-with-space',
  'double-quotes',
  'function-in-where',
  'in-and-between',
  'like-pattern',
  'like-without-wildcard',
  'malformed-date',
  'null-on-date',
  'null-operator',
  'operator-type',
  'quoted-value',
  'relative-date',
  'string-escape',
  'unknown-value',
  'unquoted-date',
  'value-too-long',
  'value-type',
]);

const codesOfNames: ReadonlySet<string> = new Set([
  'field-not-in-dialect',
  'foreign-key',
  'function-argument',
  'object-not-in-aqua',
  'object-not-in-dialect',
  'path-without-field',
  'restricted-field',
  'textarea-in-where',
  'unknown-field',
  'unknown-function',
  'unknown-object',
  'unknown-relation',
]);

interface Row {
  readonly id: string;
  readonly queryType: DialectSetting;
  readonly query: string;
}

const folder = process.env['ZOQL_CORPUS'];
if (folder !== undefined) {
  for (const { id, queryType, query } of rows('valid.tsv')) {
    test(`${id} is one statement without an error: ${query}`, () => {
      assert.equal(openDocument(query).statements.length, 1);
      assert.deepEqual(errorsOf(query, queryType), []);
    });
    test(`${id} has no wrong name: ${query}`, () => {
      assert.deepEqual(foundIn(query, queryType, codesOfNames), id in warnedNames ? [warnedNames[id]] : []);
    });
    test(`${id} has no wrong value: ${query}`, () => {
      assert.deepEqual(foundIn(query, queryType, codesOfValues), id in warnedValues ? [warnedValues[id]] : []);
    });
  }
  const invalid = new Map(rows('invalid.tsv').map(row => [row.id, row]));
  for (const [id, place] of Object.entries(syntaxErrors)) {
    test(`${id} is wrong at ${[place].flat().join(' and ')}`, () => {
      const row = invalid.get(id);
      assert.ok(row, 'the corpus has this query');
      assert.deepEqual(errorsOf(row.query, row.queryType), [place].flat());
    });
  }
  for (const [id, finding] of [...Object.entries(wrongNames), ...Object.entries(wrongValues)]) {
    test(`${id} has ${finding}`, () => {
      const row = invalid.get(id);
      assert.ok(row, 'the corpus has this query');
      assert.ok(foundIn(row.query, row.queryType).includes(finding));
    });
  }
}

/** Each finding as the words that it marks and its code. */
function foundIn(query: string, queryType: DialectSetting, codes?: ReadonlySet<string>): string[] {
  return problemsOf(query, queryType, bundled)
    .filter(({ code }) => codes?.has(code) ?? true)
    .map(({ start, end, code }) => `${query.slice(start, end)} ${code}`);
}

function errorsOf(query: string, queryType: DialectSetting): string[] {
  return problemsOf(query, queryType, bundled)
    .filter(problem => problem.severity === 'error')
    .map(({ start, end }) => query.slice(start, end));
}

function rows(file: string): Row[] {
  const lines = readFileSync(path.join(folder ?? '', file), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = lines[0]?.split('\t') ?? [];
  return lines.slice(1).map(line => {
    const values = line.split('\t');
    const value = (column: string): string => values[columns.indexOf(column)] ?? '';
    return {
      id: value('id'),
      queryType: value('dialect') === 'export' ? 'zoqlexport' : value('dialect') === 'zoql' ? 'zoql' : 'auto',
      query: value('query').replaceAll(/\\[n\\]/g, escape => (escape === '\\n' ? '\n' : '\\')),
    };
  });
}
