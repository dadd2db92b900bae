import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import type { PlannedQuery } from '../../client/src/jobs/model';
import { createRequest, type RequestResult } from '../../client/src/jobs/request';
import { requestSettings, type RequestSettings } from '../../client/src/jobs/settings';
import { submitSchema } from '../zuora/aqua.schema';
import { stateful } from './findingParts';

suite('the request of a job', () => {
  test('with no setting it has the queries and useQueryLabels, and no header', () => {
    const { request, ids } = prepared({});
    assert.equal(
      request.body,
      '{"useQueryLabels":true,"queries":[{"name":"accounts","type":"zoql","query":"select Id from Account"}]}',
    );
    assert.deepEqual([request.headers, request.gzip, ids], [{}, false, {}]);
  });

  test('null and the empty text count as not set', () => {
    const empty = Object.fromEntries(requestSettings.map(setting => [setting, setting.length % 2 ? null : '']));
    assert.deepEqual(prepared(empty), prepared({}));
  });

  test('every body field is what its setting says', () => {
    const { request } = prepared({
      'zoql.job.format': 'gzip',
      'zoql.job.version': '1.1',
      'zoql.job.name': 'n'.repeat(32),
      'zoql.job.useQueryLabels': false,
      'zoql.job.dateTimeUtc': false,
      'zoql.job.nullReplacement': 'NULL',
      'zoql.job.partner': 'salesforce',
      'zoql.job.project': '00170000011K3Ub',
      'zoql.job.incrementalTime': '2024-02-29 23:59:59',
      'zoql.job.offset': 0,
      'zoql.job.notifyUrl': 'https://example.com/?job=${JOBID}&status=${STATUS}',
      'zoql.job.sourceData': 'LIVE',
      'zoql.job.encrypted': 'pgp',
    });
    assert.deepEqual(JSON.parse(request.body), {
      format: 'gzip',
      version: 1.1,
      name: 'n'.repeat(32),
      encrypted: 'pgp',
      useQueryLabels: false,
      dateTimeUtc: false,
      nullReplacement: 'NULL',
      partner: 'salesforce',
      project: '00170000011K3Ub',
      incrementalTime: '2024-02-29 23:59:59',
      offset: 0,
      notifyUrl: 'https://example.com/?job=${JOBID}&status=${STATUS}',
      sourceData: 'LIVE',
      queries: [{ name: 'accounts', type: 'zoql', query: 'select Id from Account' }],
    });
  });

  test('version 1.0 goes out as the number 1', () => {
    for (const version of ['1.0', '1', 1]) {
      assert.match(prepared({ 'zoql.job.version': version }).request.body, /"version":1,/);
    }
  });

  test('every header is what its setting says', () => {
    const { request, ids } = prepared({
      'zoql.request.entityIds': '11e643f4-a3ee-4bad-b061-0025904c57d6',
      'zoql.request.orgIds': 'ORG-1,ORG-2',
      'zoql.request.trackId': 'vscode-${date}-${time}-${uuid}',
      'zoql.request.zuoraVersion': '2025-08-12',
      'zoql.request.acceptGzip': true,
      'zoql.request.gzipBody': true,
      'zoql.request.extraHeaders': { 'X-Gateway': 'billing' },
    });
    assert.deepEqual(request.headers, {
      'Zuora-Entity-Ids': '11e643f4-a3ee-4bad-b061-0025904c57d6',
      'Zuora-Org-Ids': 'ORG-1,ORG-2',
      'Zuora-Track-Id': 'vscode-2026-11-23-170509-8c1e6f0a-7f5b-4d0e-9f4c-1b2a3c4d5e6f',
      'Zuora-Version': '2025-08-12',
      'Accept-Encoding': 'gzip',
      'X-Gateway': 'billing',
    });
    assert.equal(request.gzip, true);
    assert.deepEqual(ids, { entityIds: '11e643f4-a3ee-4bad-b061-0025904c57d6', orgIds: 'ORG-1,ORG-2' });
  });

  test('a project without a partner makes a stateless job, which is allowed', () => {
    for (const settings of [{ 'zoql.job.version': '1.1' }, {}]) {
      const { request } = prepared({ ...settings, 'zoql.job.project': 'p' });
      assert.equal((JSON.parse(request.body) as { project?: string }).project, 'p');
    }
  });

  test('older versions of the API are numbers', () => {
    assert.equal(prepared({ 'zoql.request.zuoraVersion': '341.0' }).request.headers['Zuora-Version'], '341.0');
  });

  test('what a query asks for by its directives goes out as AQuA takes it', () => {
    const deleted = { column: 'Gone', format: 'Boolean' } as const;
    const asking: PlannedQuery = { ...query, apiVersion: '91.0', convertToCurrencies: 'EUR,GBP', deleted };
    const sent = (settings: RequestSettings, one: PlannedQuery) => {
      const body = JSON.parse(prepared(settings, [one]).request.body) as { queries: object[] };
      const isValid = isSubmitRequest(body);
      assert.ok(isValid, JSON.stringify(isSubmitRequest.errors));
      return body.queries[0];
    };
    const { name, type, query: text } = query;
    const fields = { name, type, query: text, apiVersion: '91.0', convertToCurrencies: 'EUR,GBP' };
    // A stateless job has no deleted rows but by force (90012).
    assert.deepEqual(sent({}, asking), { ...fields, deleted: { ...deleted, forceExport: true } });
    assert.deepEqual(sent(stateful, asking), { ...fields, deleted });
    assert.deepEqual(sent({}, query), { name, type, query: text });
  });

  test('partner, project and version 1.1 make a session', () => {
    assert.deepEqual(prepared(stateful).session, { partner: 'acme', project: 'billing' });
    assert.equal(prepared({ 'zoql.job.version': 1.1, 'zoql.job.project': 'billing' }).session, undefined);
  });

  test('lone surrogates and quotes in a query leave the body valid JSON', () => {
    const text = `select Id from Account where Name = '"\ud800\\n'`;
    const { request } = prepared({}, [{ ...query, query: text }]);
    assert.equal((JSON.parse(request.body) as { queries: { query: string }[] }).queries[0]?.query, text);
  });

  test('package.json declares every one of these settings', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: object } | { properties: object }[] };
    };
    const declared = [contributes.configuration].flat().flatMap(({ properties }) => Object.keys(properties));
    const ours = declared.filter(name => name.startsWith('zoql.job.') || name.startsWith('zoql.request.'));
    assert.deepEqual(ours.sort(), [...requestSettings].sort());
  });
});

suite('a request that breaks a rule is not made', () => {
  test('all that blocks it is named at once', () => {
    const settings: RequestSettings = {
      'zoql.job.name': 'n'.repeat(33),
      'zoql.request.zuoraVersion': 'x',
      'zoql.request.extraHeaders': { Host: 'evil.test', Cookie: 'a' },
    };
    assert.equal(
      problems(createRequest({ settings, queries: [], variables })),
      `No query is chosen, so there is nothing to submit. Tick at least one.
zoql.job.name has 33 characters; Zuora takes at most 32.
zoql.request.zuoraVersion must be a date such as 2025-08-12, or a number such as 341.0, not "x".
zoql.request.extraHeaders: "Host" is made by the extension itself.
zoql.request.extraHeaders: "Cookie" carries credentials, which do not belong in settings. Use "ZOQL: Sign In" instead.`,
    );
  });

  test('what is only worth knowing blocks nothing', () => {
    const settings: RequestSettings = { 'zoql.job.project': 'p', 'zoql.job.sourceData': 'WAREHOUSE' };
    assert.ok(createRequest({ settings, queries: [query], variables }).ok);
  });

  test('extra headers that carry credentials', () => {
    for (const name of ['Authorization', 'cookie', 'apiAccessKeyId', 'APISECRETACCESSKEY', 'Proxy-Authorization']) {
      assert.match(extraHeader(name), /carries credentials/);
    }
  });

  test('extra headers that have their own setting', () => {
    for (const name of ['zuora-entity-ids', 'Zuora-Org-Ids', 'Zuora-Track-Id', 'ZUORA-VERSION', 'Accept-Encoding']) {
      assert.match(extraHeader(name), /has a setting of its own: zoql\.request\./);
    }
    assert.match(extraHeader('Content-Encoding'), /zoql\.request\.gzipBody/);
  });

  test('extra headers that belong to the transport', () => {
    for (const name of [
      'Host',
      'content-length',
      'Content-Type',
      'Transfer-Encoding',
      'Idempotency-Key',
      'Connection',
    ]) {
      assert.match(extraHeader(name), /is made by the extension itself/);
    }
  });

  test('50 queries and 20,000 characters of Export ZOQL are taken', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ ...query, name: `q${index}` }));
    assert.ok(createRequest({ settings: {}, queries: many, variables }).ok);
    const exported = { ...query, type: 'zoqlexport', query: 'x'.repeat(20_000) } as const;
    assert.ok(createRequest({ settings: {}, queries: [exported], variables }).ok);
  });
});

const query: PlannedQuery = {
  name: 'accounts',
  type: 'zoql',
  query: 'select Id from Account',
  source: {
    uri: 'file:///project/sub/accounts.zoql',
    relativePath: 'sub/accounts.zoql',
    statement: 0,
    range: { start: 0, end: 22 },
    line: 3,
    text: 'select Id from Account',
  },
};

const isSubmitRequest = new Ajv().compile(submitSchema);

const variables = { now: new Date('2026-11-23T17:05:09Z'), uuid: '8c1e6f0a-7f5b-4d0e-9f4c-1b2a3c4d5e6f' };

function prepared(settings: RequestSettings, queries = [query]) {
  const result = createRequest({ settings, queries, variables });
  assert.ok(result.ok, problems(result));
  return result.prepared;
}

function extraHeader(name: string): string {
  const settings = { 'zoql.request.extraHeaders': { [name]: 'x' } };
  return problems(createRequest({ settings, queries: [query], variables }));
}

/** One sentence a line. */
function problems(result: RequestResult): string {
  return result.ok ? '' : result.problems.map(problem => problem.message).join('\n');
}
