import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { PlannedQuery } from '../../client/src/jobs/model';
import { createRequest, type RequestResult } from '../../client/src/jobs/request';
import { requestSettings, type RequestSettings } from '../../client/src/jobs/settings';

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

const stateful = { 'zoql.job.version': '1.1', 'zoql.job.partner': 'p', 'zoql.job.project': 'q' } as const;
const notifyUrl = 'https://example.com/${JOBID}/${STATUS}';

suite('what is wrong with a request is named before anything is sent', () => {
  const cases: Record<string, [RequestSettings, string]> = {
    'a format that is none': [
      { 'zoql.job.format': 'json' },
      'zoql.job.format: must be csv or zip or gzip, not "json".',
    ],
    'a version that is none': [{ 'zoql.job.version': '2.0' }, 'zoql.job.version: must be 1.0 or 1.1, not "2.0".'],
    'a name of 33 characters': [
      { 'zoql.job.name': 'n'.repeat(33) },
      'zoql.job.name: has 33 characters; Zuora takes at most 32.',
    ],
    'a name that is no text': [{ 'zoql.job.name': 7 }, 'zoql.job.name: must be a text, not 7.'],
    'a flag that is none': [
      { 'zoql.job.dateTimeUtc': 'true' },
      'zoql.job.dateTimeUtc: must be true or false, not "true".',
    ],
    'a partner without project': [
      { 'zoql.job.version': '1.1', 'zoql.job.partner': 'p' },
      'zoql.job.partner: needs zoql.job.project as well: only both together make a stateful job.',
    ],
    'partner and project with version 1.0': [
      { ...stateful, 'zoql.job.version': '1.0' },
      'zoql.job.partner: needs zoql.job.version 1.1.',
    ],
    'an offset without stateful mode': [
      { 'zoql.job.offset': 60 },
      'zoql.job.offset: works in stateful mode only: it needs zoql.job.partner, zoql.job.project and zoql.job.version 1.1.',
    ],
    'an offset of more than an hour': [
      { ...stateful, 'zoql.job.offset': 3601 },
      'zoql.job.offset: must be a whole number of seconds from 0 to 3600, not 3601.',
    ],
    'an offset below 0': [
      { ...stateful, 'zoql.job.offset': -1 },
      'zoql.job.offset: must be a whole number of seconds from 0 to 3600, not -1.',
    ],
    'an offset in fractions': [
      { ...stateful, 'zoql.job.offset': 1.5 },
      'zoql.job.offset: must be a whole number of seconds from 0 to 3600, not 1.5.',
    ],
    'an incrementalTime with a T': [
      { ...stateful, 'zoql.job.incrementalTime': '2026-01-31T00:00:00' },
      'zoql.job.incrementalTime: must look like 2026-01-31 23:59:59 (with a space, not a T), not "2026-01-31T00:00:00".',
    ],
    'an incrementalTime that the calendar has not': [
      { ...stateful, 'zoql.job.incrementalTime': '2026-02-29 00:00:00' },
      'zoql.job.incrementalTime: must look like 2026-01-31 23:59:59 (with a space, not a T), not "2026-02-29 00:00:00".',
    ],
    'an incrementalTime without stateful mode': [
      { 'zoql.job.incrementalTime': '2026-01-31 00:00:00' },
      'zoql.job.incrementalTime: works in stateful mode only: it needs zoql.job.partner, zoql.job.project and zoql.job.version 1.1.',
    ],
    'a notifyUrl without its variables': [
      { 'zoql.job.notifyUrl': 'https://example.com/${JOBID}' },
      'zoql.job.notifyUrl: must contain ${STATUS}.',
    ],
    'a notifyUrl of 5,000 characters': [
      { 'zoql.job.notifyUrl': notifyUrl.padEnd(5000, 'x') },
      'zoql.job.notifyUrl: has 5000 characters; Zuora takes fewer than 5,000.',
    ],
    'pgp with csv': [
      { 'zoql.job.encrypted': 'pgp', 'zoql.job.format': 'csv' },
      'zoql.job.encrypted: pgp needs zoql.job.format zip or gzip; csv cannot be encrypted.',
    ],
    'pgp without a format, which is csv': [
      { 'zoql.job.encrypted': 'pgp' },
      'zoql.job.encrypted: pgp needs zoql.job.format zip or gzip; csv cannot be encrypted.',
    ],
    'a track id that gets too long when filled in': [
      { 'zoql.request.trackId': `\${uuid}${'x'.repeat(29)}` },
      'zoql.request.trackId: is 65 characters long once filled in; Zuora takes at most 64.',
    ],
    'a track id with a colon': [
      { 'zoql.request.trackId': 'a:b' },
      'zoql.request.trackId: may not hold a colon, a semicolon or a quote: "a:b".',
    ],
    'a track id with an unknown variable': [
      { 'zoql.request.trackId': '${JOBID}' },
      'zoql.request.trackId: does not know ${JOBID}; there are ${uuid}, ${date} and ${time}.',
    ],
    'a track id outside US-ASCII': [
      { 'zoql.request.trackId': 'Bücher' },
      'zoql.request.trackId: may hold visible US-ASCII characters and spaces only.',
    ],
    'an entity id with a line break': [
      { 'zoql.request.entityIds': 'a\r\nX-Injected: b' },
      'zoql.request.entityIds: may hold visible US-ASCII characters and spaces only.',
    ],
    'a Zuora-Version of no known form': [
      { 'zoql.request.zuoraVersion': 'latest' },
      'zoql.request.zuoraVersion: must be a date such as 2025-08-12, or a number such as 341.0, not "latest".',
    ],
    'an extra header that is no text': [
      { 'zoql.request.extraHeaders': { 'X-A': 1 } },
      'zoql.request.extraHeaders: "X-A" must be a text, not 1.',
    ],
    'an extra header outside US-ASCII': [
      { 'zoql.request.extraHeaders': { 'X-A': 'ü' } },
      'zoql.request.extraHeaders: may hold visible US-ASCII characters and spaces only.',
    ],
    'a header name that is none': [
      { 'zoql.request.extraHeaders': { 'X A': 'b' } },
      'zoql.request.extraHeaders: "X A" is not a valid header name.',
    ],
    'one header in two spellings': [
      { 'zoql.request.extraHeaders': { 'X-A': 'b', 'x-a': 'c' } },
      'zoql.request.extraHeaders: "x-a" is there twice.',
    ],
    'extra headers that are a list': [
      { 'zoql.request.extraHeaders': ['X-A: b'] },
      'zoql.request.extraHeaders: must be an object of header names and their values.',
    ],
  };
  for (const [name, [settings, expected]] of Object.entries(cases)) {
    test(name, () => assert.equal(problems(createRequest({ settings, queries: [query], variables })), expected));
  }

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

  test('no query, and more than 50', () => {
    assert.equal(
      problems(createRequest({ settings: {}, queries: [], variables })),
      'No query is chosen, so there is nothing to submit.',
    );
    const many = Array.from({ length: 51 }, (_, index) => ({ ...query, name: `q${index}` }));
    assert.equal(
      problems(createRequest({ settings: {}, queries: many, variables })),
      '51 queries are chosen; Zuora takes at most 50 in one job. The first one too many is in sub/accounts.zoql line 3.',
    );
    assert.ok(createRequest({ settings: {}, queries: many.slice(1), variables }).ok);
  });

  test('a query longer than its dialect takes, named by file and line', () => {
    const long = { ...query, query: 'x'.repeat(10_001) };
    assert.equal(
      problems(createRequest({ settings: {}, queries: [long], variables })),
      'sub/accounts.zoql line 3: the query has 10001 characters; ZOQL takes at most 10000.',
    );
    const exported = { ...long, type: 'zoqlexport', query: 'x'.repeat(20_000) } as const;
    assert.ok(createRequest({ settings: {}, queries: [exported], variables }).ok);
  });

  test('everything at once', () => {
    const settings: RequestSettings = {
      'zoql.job.name': 'n'.repeat(33),
      'zoql.job.offset': 9999,
      'zoql.request.zuoraVersion': 'x',
      'zoql.request.extraHeaders': { Host: 'evil.test', Cookie: 'a' },
    };
    const result = createRequest({ settings, queries: [], variables });
    assert.equal(problems(result).split('\n').length, 7);
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
