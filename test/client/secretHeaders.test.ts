// Extra headers that carry credentials by their name or their value, and those that only sound a little like it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExtraHeaders } from '../../client/src/jobs/requestHeaders';

/** Of each header a line: taken, or what is wrong with it. */
function draw(headers: Readonly<Record<string, string>>): string {
  const { values, faults } = readExtraHeaders(headers);
  const reasons = new Map(faults.map(({ name, fault }) => [name, `✗ ${fault}`]));
  const lines = Object.keys(headers).map(name => `${name}: ${reasons.get(name) ?? 'taken'}`);
  assert.equal(values.length + faults.length, lines.length);
  return lines.join('\n');
}

const carries = '✗ carries credentials, which do not belong in settings. Use "ZOQL: Sign In" instead.';
const looksLike =
  '✗ has a value that looks like credentials, which do not belong in settings. Use "ZOQL: Sign In" instead.';

for (const name of [
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'apiAccessKeyId',
  'apiSecretAccessKey',
  'X-Api-Key',
  'x_api_key',
  'xApiKey',
  'ApiKey',
  'Ocp-Apim-Subscription-Key',
  'X-Amz-Security-Token',
  'X-Auth',
  'X-Auth-Token',
  'X-Client-Secret',
  'Gateway-Password',
  'X-User-Credentials',
  'X-Forwarded-Authorization',
  'X-Session-Id',
  'X-JWT-Assertion',
]) {
  test(`${name} is refused for its name`, () => {
    assert.equal(draw({ [name]: 'billing' }), `${name}: ${carries}`);
  });
}

for (const name of [
  'X-Team',
  'X-Author',
  'X-Authority',
  'X-Auth-Request-Email',
  'X-Gateway-Key',
  'X-Routing-Key',
  'X-Monkey-Id',
  'X-Tokenizer',
  'X-Secretary',
  'X-Correlation-Id',
  'X-Cookies-Accepted',
]) {
  test(`${name} is taken`, () => assert.equal(draw({ [name]: 'billing' }), `${name}: taken`));
}

test('what has a setting of its own is led there', () => {
  assert.equal(draw({ 'Zuora-Track-Id': 'a' }), 'Zuora-Track-Id: ✗ has a setting of its own: zoql.request.trackId.');
});

for (const value of [
  'Bearer abc.def',
  'bearer  3f2a',
  `Basic ${Buffer.from('name:password').toString('base64')}`,
  'Negotiate YIIJvwYGKwYBBQ',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  'id=1; eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.',
  'https://name:password@proxy.example.com',
  'user=me; password=hunter2',
  'client_secret: abc',
]) {
  test(`the value ${value} is refused`, () => assert.equal(draw({ 'X-Team': value }), `X-Team: ${looksLike}`));
}

for (const value of [
  '',
  'Basic plan',
  'the bearer of news',
  'https://proxy.example.com:8080/a@b',
  '2f1c9b0e-5a53-4f0e-9a0e-3b7f1c2d4e5f',
  'password rotation',
  'team=billing; tier=1',
]) {
  test(`the value ${JSON.stringify(value)} is taken`, () => assert.equal(draw({ 'X-Team': value }), 'X-Team: taken'));
}
