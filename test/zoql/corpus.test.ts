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
const syntaxErrors: Readonly<Record<string, string>> = {
  x002: '*',
  x003: '(',
  x005: "'%ompany%'",
  x007: "'a%c'",
  x008: "'%Acme%'",
  x010: 'IN',
  x011: 'IN',
  x032: 'sum',
  x040: 'other',
  x041: 'TIMESTAMP',
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
      const found = foundIn(query, queryType).filter(finding => codesOfNames.has(finding.split(' ').at(-1) ?? ''));
      assert.deepEqual(found, id in warnedNames ? [warnedNames[id]] : []);
    });
  }
  const invalid = new Map(rows('invalid.tsv').map(row => [row.id, row]));
  for (const [id, place] of Object.entries(syntaxErrors)) {
    test(`${id} is wrong at ${place}`, () => {
      const row = invalid.get(id);
      assert.ok(row, 'the corpus has this query');
      assert.deepEqual(errorsOf(row.query, row.queryType), [place]);
    });
  }
  for (const [id, finding] of Object.entries(wrongNames)) {
    test(`${id} has the wrong name ${finding}`, () => {
      const row = invalid.get(id);
      assert.ok(row, 'the corpus has this query');
      assert.ok(foundIn(row.query, row.queryType).includes(finding));
    });
  }
}

/** Each finding as the words that it marks and its code. */
function foundIn(query: string, queryType: DialectSetting): string[] {
  return problemsOf(query, queryType, bundled).map(({ start, end, code }) => `${query.slice(start, end)} ${code}`);
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
