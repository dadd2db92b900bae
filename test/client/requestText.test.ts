import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { curlCommand, curlVariables, previewText, shellQuoted } from '../../client/src/jobs/requestText';
import type { JobPlan } from '../../client/src/jobs/model';
import { startZuora, type Zuora } from '../zuora/server';
import { proposalOf } from './proposals';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const settings = {
  'zoql.job.name': 'Nightly',
  'zoql.request.entityIds': 'entity-1',
  'zoql.request.extraHeaders': { 'X-Team': 'billing', 'X-Gateway-Key': 'gateway-secret' },
};
const files = { 'a.zoql': "-- @name Active\nselect Id -- shown\nfrom Account where Name = 'O''Neil'" };

suite('the preview of a request', () => {
  test('is its headers, the exact body, and the queries to be read', () => {
    assert.equal(
      previewText({ ...planned(), idempotencyKey: undefined }),
      `// POST https://rest.test.zuora.com/v1/batch-query/
// User-Agent: ZOQL for VS Code
// Accept: application/json
// Zuora-Entity-Ids: entity-1
// X-Team: billing
// X-Gateway-Key: ***
// Content-Type: application/json
// Idempotency-Key: made when it is sent
// Authorization: Bearer ***

// The body, byte by byte (142 bytes of UTF-8):

{"name":"Nightly","useQueryLabels":true,"queries":[{"name":"Active","type":"zoql","query":"select Id \\nfrom Account where Name = 'O''Neil'"}]}

// The queries in it, to be read:

// Active · ZOQL · a.zoql, line 2
//     select Id
//     from Account where Name = 'O''Neil'

`,
    );
  });

  test('says with which headers a tenant with an API access key is signed in to', () => {
    const text = previewText({ ...planned(), idempotencyKey: 'key-1', signIn: 'apiAccessKey' });
    assert.match(text, /^\/\/ apiAccessKeyId: \*\*\*\n\/\/ apiSecretAccessKey: \*\*\*$/m);
    assert.doesNotMatch(text, /Bearer/);
    assert.deepEqual(curlVariables({ ...planned(), signIn: 'apiAccessKey' }), [
      'X_GATEWAY_KEY',
      'ZUORA_API_ACCESS_KEY_ID',
      'ZUORA_API_SECRET_ACCESS_KEY',
    ]);
  });

  test('says that the body travels gzipped, and the key of a job that was sent', () => {
    const { scope, request, queries } = planned();
    const text = previewText({ scope, request: { ...request, gzip: true }, queries, idempotencyKey: 'key-1' });
    assert.match(text, /^\/\/ Content-Encoding: gzip$/m);
    assert.match(text, /^\/\/ Idempotency-Key: key-1$/m);
    assert.match(text, /bytes of UTF-8, sent gzipped\):$/m);
  });

  test(`is comments and the exact body, whatever the queries hold (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (query, name) => {
        const { scope, request, queries } = planned();
        const body = JSON.stringify({ queries: [{ name, query }] });
        const shown = queries.map(each => ({ ...each, name, query }));
        const text = previewText({ scope, request: { ...request, body }, queries: shown, idempotencyKey: 'k' });
        const rest = text.split('\n').filter(line => line !== '' && !line.startsWith('//'));
        assert.deepEqual(rest, body.split('\n'));
      }),
      { seed },
    );
  });
});

suite('the cURL command', () => {
  test('takes its secrets from variables', () => {
    const { scope, request } = planned();
    assert.equal(
      curlCommand({ scope, request: { ...request, body: '{"queries":[]}' }, idempotencyKey: 'key-1' }),
      `printf %s '{"queries":[]}' |
  curl --request POST 'https://rest.test.zuora.com/v1/batch-query/' \\
  --header 'User-Agent: ZOQL for VS Code' \\
  --header 'Accept: application/json' \\
  --header 'Zuora-Entity-Ids: entity-1' \\
  --header 'X-Team: billing' \\
  --header 'X-Gateway-Key: '"$X_GATEWAY_KEY" \\
  --header 'Content-Type: application/json' \\
  --header 'Idempotency-Key: key-1' \\
  --header 'Authorization: Bearer '"$ZUORA_TOKEN" \\
  --data-binary @-`,
    );
    assert.deepEqual(curlVariables(planned()), ['X_GATEWAY_KEY', 'ZUORA_TOKEN']);
  });

  test(`a shell reads every text as it is (seed ${seed})`, () => {
    const hard = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '!', '$', '`', '\n', ' ', 'ä', '😀', '%', '@', 'a'),
    });
    fc.assert(
      fc.property(fc.array(hard, { minLength: 1, maxLength: 20 }), texts => {
        const script = `printf '%s\\0' ${texts.map(shellQuoted).join(' ')}`;
        const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
        assert.deepEqual(read.split('\0').slice(0, -1), texts);
      }),
      { seed, numRuns: 40 },
    );
  });

  for (const gzip of [false, true]) {
    test(`run by a shell it sends the very bytes${gzip ? ', gzipped' : ''}`, async t => {
      const zuora = await startZuora();
      t.after(() => zuora.stop());
      // More than a system allows in one argument, and what a shell would read in another way.
      const query = `select Id from Account where Name = 'it''s "100%" !! $HOME \\ ü 😀' and Notes != '${'x'.repeat(4_000)}'`;
      const queries = Array.from({ length: 50 }, (_, index) => ({ name: `q${index}`, type: 'zoqlexport', query }));
      const body = JSON.stringify({ useQueryLabels: true, queries });
      const headers = { 'Accept-Encoding': 'gzip', 'X-Team': 'billing' };
      const command = curlCommand({
        scope: { tenant: 'Sandbox', origin: zuora.url },
        request: { body, gzip, headers },
        idempotencyKey: 'curl-1',
      });
      const env = { ...process.env, ZUORA_TOKEN: await tokenOf(zuora) };
      const running = promisify(execFile)('sh', { env });
      running.child.stdin?.end(command);
      const { stdout } = await running;
      const [job] = zuora.jobs;
      assert.equal((JSON.parse(stdout) as { readonly id?: string }).id, job?.id, stdout);
      const received = zuora.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/batch-query/');
      assert.ok(received.length === 1 && received[0]?.body === body, 'one request, and its body is the same');
      assert.equal(received[0].headers['content-encoding'], gzip ? 'gzip' : undefined);
      assert.equal(received[0].headers['x-team'], 'billing');
      assert.equal(zuora.jobsByKey.get('curl-1'), 1);
      assert.deepEqual(zuora.violations, []);
    });
  }

  test('neither text ever holds a secret', () => {
    const { scope, queries, request } = planned();
    const texts = [
      previewText({ scope, request, queries, idempotencyKey: undefined }),
      curlCommand({ scope, request, idempotencyKey: 'k' }),
    ];
    for (const text of texts) assert.ok(!text.includes('gateway-secret'), text);
  });
});

async function tokenOf({ url, clientId, clientSecret }: Zuora): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}

function planned(): JobPlan {
  const proposal = proposalOf({ files, settings });
  const [plan] = proposal.plansOf(proposal.queries, { split: false });
  assert.ok(plan);
  return plan;
}
