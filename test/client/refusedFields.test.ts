// Which fields a refused job tells of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedFieldsOf } from '../../client/src/jobs/refusedFields';
import { fixture } from '../zoql/catalogues';
import { job, query } from './sampleJobs';

/** Draws what AQuA's refusal of a query tells, e.g. `Contact.Country zoqlexport`. */
function refused(text: string, error: string, type: 'zoql' | 'zoqlexport' = 'zoqlexport'): string {
  const failure = {
    kind: 'rejected',
    message: 'There is a syntax error in one of the queries',
    status: 200,
    code: '90005',
    culprit: { error, query: text },
  } as const;
  const queries = [{ ...query('q', 0), query: text, type }];
  return refusedFieldsOf(job({ phase: 'refused', failure, queries }), fixture)
    .map(({ object, field, dialect }) => `${object}.${field} ${dialect}`)
    .join(', ');
}

test('the field, with the object that it is of', () => {
  assert.equal(
    refused('select Id, Balance from Account', 'There is no field named Balance', 'zoql'),
    'Account.Balance zoql',
  );
  assert.equal(
    refused('select BillToContact.Country from Account', 'There is no field named BillToContact.Country'),
    'Contact.Country zoqlexport',
  );
});

test('nothing where the words are about something else, or the way to the field is not known', () => {
  assert.equal(refused('select Id from Account', 'You must specify a select'), '');
  assert.equal(refused('select Nowhere.Country from Account', 'There is no field named Nowhere.Country'), '');
  assert.equal(refused('select Country from Nothing', 'There is no field named Country'), '');
});
