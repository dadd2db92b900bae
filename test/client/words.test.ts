// Every failure in the words a person reads, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentence, unsavedSentence, type Action } from '../../client/src/words';
import type { Failure } from '../../client/src/zuora/outcome';

const where = { tenant: 'Production', origin: 'https://rest.na.zuora.com' };

const refused: Failure = { kind: 'network', message: 'the connection was refused', sent: 'no' };
const lost: Failure = { kind: 'network', message: 'the connection was lost', sent: 'maybe' };
const silent: Failure = { kind: 'timeout', message: 'nothing came for 60 seconds', sent: 'maybe' };
const unauthorized: Failure = { kind: 'unauthorized', message: 'Authentication error.', status: 401 };
const unavailable: Failure = { kind: 'unavailable', message: 'HTTP status 503', status: 503 };
const webPage: Failure = {
  kind: 'malformed',
  message: 'a web page came where JSON was expected',
  excerpt: '<html>Log in',
};
const redirected: Failure = {
  kind: 'redirected',
  message: 'a redirect to https://evil.test/',
  status: 302,
  location: 'https://evil.test/',
};
const rejected: Failure = { kind: 'rejected', message: 'There is a syntax error.', status: 200, code: '90005' };
const manifold: Failure = {
  ...rejected,
  code: '53200020',
  reasons: ['Name is too long.', 'Query 1 is wrong.', 'Name is too long.', 'Query 2 is wrong', 'Query 3', 'Query 4'],
};
const forbidden: Failure = { kind: 'rejected', message: 'User is not authorized', status: 403, code: '90009' };
const gone: Failure = { kind: 'rejected', message: 'Invalid Job Id', status: 404, code: '90002' };
const signedOut: Failure = { kind: 'signed-out', message: 'not signed in' };
const untrusted: Failure = { kind: 'untrusted', message: 'the workspace is not trusted' };
const locked: Failure = { kind: 'storage', message: "the editor's secret storage could not be read", store: 'secrets' };
const fullDisk: Failure = { kind: 'storage', message: 'the disk is full', store: 'disk' };

for (const [action, failure, expected] of [
  [
    'sign-in',
    refused,
    'rest.na.zuora.com could not be reached: the connection was refused. Nothing was stored. Check the address, the network and the proxy settings.',
  ],
  [
    'sign-in',
    unauthorized,
    'rest.na.zuora.com does not accept this client id and secret (Authentication error). Nothing was stored. Check them, and that the tenant lives in this data center.',
  ],
  [
    'sign-in',
    unavailable,
    'rest.na.zuora.com has a problem of its own (status 503): HTTP status 503. Nothing was stored. Try again later.',
  ],
  [
    'sign-in',
    locked,
    "This computer failed: the editor's secret storage could not be read. Nothing was stored. Unlock or repair it and try again.",
  ],
  [
    'sign-in',
    untrusted,
    'This workspace is not trusted, so nothing is sent to Zuora from it. Trust it with Workspaces: Manage Workspace Trust.',
  ],

  [
    'submit',
    refused,
    'rest.na.zuora.com could not be reached: the connection was refused. Nothing was sent. Check the address, the network and the proxy settings.',
  ],
  [
    'submit',
    manifold,
    'rest.na.zuora.com refused it: Name is too long; Query 1 is wrong; Query 2 is wrong; and 2 more (code 53200020). No job was made.',
  ],
  [
    'submit',
    lost,
    'The answer of rest.na.zuora.com did not come: the connection was lost. Whether a job was made is unknown; the request is kept. Send Again repeats it without making a second job.',
  ],
  [
    'submit',
    silent,
    'rest.na.zuora.com did not answer: nothing came for 60 seconds. Whether a job was made is unknown; the request is kept. Send Again repeats it without making a second job.',
  ],
  ['submit', { kind: 'canceled', sent: 'no' }, 'Canceled. Nothing was sent.'],
  [
    'submit',
    { kind: 'canceled', sent: 'maybe' },
    'Canceled. Whether a job was made is unknown; the request is kept. Send Again repeats it without making a second job.',
  ],
  [
    'submit',
    unauthorized,
    'rest.na.zuora.com no longer accepts the sign-in of Production (Authentication error). No job was made. Run ZOQL: Sign In.',
  ],
  [
    'submit',
    { kind: 'throttled', message: 'HTTP status 429', retryAfterMs: 40_000 },
    'rest.na.zuora.com asks for fewer requests, for 40 seconds. No job was made. Wait a little and try again.',
  ],
  [
    'submit',
    { kind: 'throttled', message: 'HTTP status 429' },
    'rest.na.zuora.com asks for fewer requests. No job was made. Wait a little and try again.',
  ],
  [
    'submit',
    { kind: 'in-progress', message: 'in progress' },
    'rest.na.zuora.com is still working on this request. Whether a job was made is unknown; the request is kept. Send Again repeats it without making a second job.',
  ],
  ['submit', rejected, 'rest.na.zuora.com refused it: There is a syntax error (code 90005). No job was made.'],
  [
    'submit',
    forbidden,
    "rest.na.zuora.com refused it: User is not authorized (code 90009). No job was made. Check the permissions of the client's user in Zuora.",
  ],
  [
    'submit',
    unavailable,
    'rest.na.zuora.com has a problem of its own (status 503): HTTP status 503. Whether a job was made is unknown; the request is kept. Send Again repeats it without making a second job.',
  ],
  [
    'submit',
    redirected,
    'rest.na.zuora.com answered with a redirect to https://evil.test/, which is not followed. No job was made. Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.',
  ],
  [
    'submit',
    webPage,
    'What came from rest.na.zuora.com is not an answer of Zuora: a web page came where JSON was expected (“<html>Log in”). Whether a job was made is unknown; the request is kept. Send Again repeats it without making a second job.',
  ],
  [
    'submit',
    signedOut,
    'You are not signed in to Production (rest.na.zuora.com). Nothing was sent. Run ZOQL: Sign In.',
  ],
  [
    'submit',
    untrusted,
    'This workspace is not trusted, so nothing is sent to Zuora from it. Trust it with Workspaces: Manage Workspace Trust.',
  ],
  [
    'submit',
    locked,
    "This computer failed: the editor's secret storage could not be read. Nothing was sent. Unlock or repair it and try again.",
  ],

  [
    'refresh',
    lost,
    'The answer of rest.na.zuora.com did not come: the connection was lost. The job is kept as it was last seen. Check the address, the network and the proxy settings.',
  ],
  [
    'refresh',
    gone,
    'rest.na.zuora.com does not know this job any more: Invalid Job Id. The job is kept as it was last seen.',
  ],
  [
    'refresh',
    unauthorized,
    'rest.na.zuora.com no longer accepts the sign-in of Production (Authentication error). The job is kept as it was last seen. Run ZOQL: Sign In.',
  ],
  [
    'refresh',
    { ...webPage, excerpt: '' },
    'What came from rest.na.zuora.com is not an answer of Zuora: a web page came where JSON was expected. The job is kept as it was last seen. Check the address in the setting zoql.tenants, and whether a proxy or a login page is in between.',
  ],

  [
    'cancel',
    refused,
    'rest.na.zuora.com could not be reached: the connection was refused. The job was not canceled. Check the address, the network and the proxy settings.',
  ],
  [
    'cancel',
    silent,
    'rest.na.zuora.com did not answer: nothing came for 60 seconds. Whether the job was canceled is unknown until the next refresh. Try again later.',
  ],
  [
    'cancel',
    { ...rejected, code: '90003', message: 'Invalid Job Id' },
    'rest.na.zuora.com refused it: Invalid Job Id (code 90003). The job was not canceled.',
  ],

  [
    'download',
    locked,
    "This computer failed: the editor's secret storage could not be read. No file was written. Unlock or repair it and try again.",
  ],
  [
    'download',
    fullDisk,
    'The file could not be written: the disk is full. No file was written. Choose another place, or make room.',
  ],
  ['download', gone, 'rest.na.zuora.com refused it: Invalid Job Id (code 90002). No file was written.'],
  [
    'download',
    lost,
    'The answer of rest.na.zuora.com did not come: the connection was lost. No file was written. Check the address, the network and the proxy settings.',
  ],
  [
    'download',
    { kind: 'throttled', message: '', retryAfterMs: 300_000 },
    'rest.na.zuora.com asks for fewer requests, for 5 minutes. No file was written. Wait a little and try again.',
  ],
] as const satisfies readonly (readonly [Action, Failure, string])[]) {
  test(`${action}, ${failure.kind}: ${expected.slice(0, 60)}…`, () => {
    assert.equal(sentence(failure, { action, ...where }), expected);
  });
}

test('a journal that cannot be written: what happened, what is kept, what to do', () => {
  assert.equal(
    unsavedSentence('the disk is full'),
    'The list of jobs cannot be written: the disk is full. What is new of them is kept in this window and is written as soon as the disk takes it. Make room or free the folder, and keep this window open until then.',
  );
});
