// What is left of a foreign text before it is shown or logged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clean } from '../../client/src/zuora/redact';

const secret = 'pl+nted="s/cret';

for (const [name, text, expected] of [
  ['a known secret', `no ${secret}!`, 'no ***!'],
  ['a known secret in a form', 'a=pl%2Bnted%3D%22s%2Fcret&b', 'a=***&b'],
  ['a known secret in JSON', JSON.stringify({ a: secret }), '{"a":"***"}'],
  ['an unknown bearer token', 'Authorization: Bearer abc.DEF-123~x= and more', 'Authorization: Bearer *** and more'],
  ['unknown basic credentials', 'authorization: basic dXNlcjpwdw==', 'authorization: basic ***'],
  ['an unknown secret in a form', 'client_id=abc&client_secret=def&x=1', 'client_id=***&client_secret=***&x=1'],
  ['an unknown token in JSON', '{"access_token": "abc", "x": 1}', '{"access_token": "***", "x": 1}'],
  ['legacy keys', 'apiAccessKeyId: me apiSecretAccessKey: you', 'apiAccessKeyId: *** apiSecretAccessKey: ***'],
  ['a password in a URL', 'see https://me:you@host/path', 'see https://***@host/path'],
  ['an address', 'see https://host/path?a=b or a@b', 'see https://host/path?a=b or a@b'],
  ['line breaks, colors, direction overrides', ' a\r\n\tb\u001b[31mc\u202ed\u2028e\u0000 ', 'a b [31mc d e'],
  ['half a character', 'a\ud800b', 'a b'],
  ['words', 'The password is wrong.', 'The password is wrong.'],
] as const) {
  test(`${name}`, () => assert.equal(clean(text, [secret, 'The', ''], 200), expected));
}

test('a text is cut after the secrets are out, never in the middle of a character', () => {
  assert.equal(clean(`12345${secret}`, [secret], 7), '12345*…');
  assert.equal(clean('12345😀678', [], 7), '12345…');
  assert.equal(clean('1234567', [], 7), '1234567');
  assert.equal(clean('x'.repeat(10_000_000), [], 200).length, 200);
});
