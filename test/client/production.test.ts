// What a person is told before something goes to production.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstConfirmation } from '../../client/src/jobs/confirmation';
import { whatGoesOut } from '../../client/src/jobs/production';
import { markedName, readProfiles } from '../../client/src/tenants/profiles';
import { proposalOf } from './proposals';

const setting = [{ name: 'acme-eu', dataCenter: 'EU Production' }];

function told(files: Readonly<Record<string, string>>): string {
  const [profile] = readProfiles({ setting, variables: {} }).profiles;
  assert.ok(profile);
  return `${markedName(profile)}: ${whatGoesOut(profile, firstConfirmation(proposalOf({ files })).plans)}`;
}

test('the tenant, how many queries, of which objects', () => {
  assert.equal(
    told({ 'a.zoql': 'select Id from Account; select Id from Invoice; select Name from Account' }),
    'PRODUCTION · acme-eu: 3 queries of Account and Invoice go as one AQuA job to EU Production (rest.eu.zuora.com).',
  );
  assert.equal(
    told({ 'a.zoql': 'select Id from Product' }),
    'PRODUCTION · acme-eu: 1 query of Product goes as one AQuA job to EU Production (rest.eu.zuora.com).',
  );
});
