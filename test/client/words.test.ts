// Every sentence that tells of a failure, drawn into words.txt: to be read as text when one changes.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { JobCondition, JobPhase, JobSummary } from '../../client/src/jobs/model';
import {
  endSentence,
  faultSentence,
  jobSentence,
  querySentence,
  sentence,
  skewSentence,
  type Action,
  type DiskAction,
} from '../../client/src/words';
import { aquaCodes, codeWords } from '../../client/src/zuora/aquaErrors';
import type { Failure } from '../../client/src/zuora/outcome';

const scope = { tenant: 'Production', origin: 'https://rest.na.zuora.com' };

/** Each kind of failure, and each of its forms that is told in other words. */
const failures = {
  'not reached': { kind: 'network', message: 'the connection was refused', sent: 'no' },
  'unknown host': {
    kind: 'network',
    message: 'the host name is unknown',
    sent: 'no',
    cause: 'unknown-host',
  },
  'proxy wants a sign-in': {
    kind: 'network',
    message: 'the proxy asks for a sign-in of its own',
    sent: 'no',
    cause: 'proxy-sign-in',
  },
  'own authority': {
    kind: 'network',
    message: 'its certificate is signed by an authority this computer does not know',
    sent: 'no',
    cause: 'unknown-authority',
  },
  'expired certificate': {
    kind: 'network',
    message: 'its certificate has expired',
    sent: 'no',
    cause: 'certificate-dates',
  },
  'certificate of another host': {
    kind: 'network',
    message: 'its certificate is for another host name',
    sent: 'no',
    cause: 'certificate-host',
  },
  'answer lost': { kind: 'network', message: 'the connection was lost', sent: 'maybe' },
  silence: { kind: 'timeout', message: 'nothing came for 60 seconds', sent: 'maybe' },
  canceled: { kind: 'canceled', sent: 'no' },
  'canceled late': { kind: 'canceled', sent: 'maybe' },
  unauthorized: { kind: 'unauthorized', message: 'Authentication error.', status: 401 },
  throttled: { kind: 'throttled', message: 'HTTP status 429', retryAfterMs: 40_000 },
  'in progress': { kind: 'in-progress', message: 'in progress' },
  'syntax error': {
    kind: 'rejected',
    message: 'There is a syntax error in one of the queries in the AQuA input (Error = …, Query = …)',
    status: 200,
    code: '90005',
    culprit: { error: 'There is no field named Nope', query: 'select Nope from Account' },
  },
  'full tenant': { kind: 'rejected', message: 'There are too many concurrent AQuA jobs', status: 200, code: '90028' },
  forbidden: { kind: 'rejected', message: 'Forbidden', status: 403 },
  'not known': { kind: 'rejected', message: 'Invalid Job Id', status: 404, code: '90002' },
  'code that nobody knows': { kind: 'rejected', message: 'Too blue.', status: 400, code: 'BLUE' },
  unavailable: { kind: 'unavailable', message: 'HTTP status 503', status: 503 },
  redirected: {
    kind: 'redirected',
    message: 'a redirect to https://login.test/',
    status: 302,
    location: 'https://login.test/',
  },
  malformed: { kind: 'malformed', message: 'a web page came where JSON was expected', excerpt: '<html>Log in' },
  'signed out': { kind: 'signed-out', message: 'not signed in' },
  untrusted: { kind: 'untrusted', message: 'the workspace is not trusted' },
  'way of a workspace': {
    kind: 'untrusted',
    message: 'the workspace sets http.proxy',
    settings: ['http.proxy', 'http.proxyStrictSSL'],
  },
  'locked keyring': {
    kind: 'storage',
    message: "the editor's secret storage could not be read",
    store: 'secrets',
  },
  'full disk': { kind: 'storage', message: 'the disk is full', store: 'disk' },
} as const satisfies Readonly<Record<string, Failure>>;

/** Every action, and the failures that cannot come of it. */
const actions: Readonly<Record<Action, readonly (keyof typeof failures)[]>> = {
  'sign-in': ['syntax error', 'full tenant', 'not known', 'in progress', 'full disk'],
  submit: ['not known'],
  recover: ['not known', 'full tenant'],
  queue: ['not known'],
  refresh: ['syntax error', 'full tenant', 'in progress', 'full disk'],
  poll: ['syntax error', 'full tenant', 'in progress', 'full disk'],
  cancel: ['syntax error', 'full tenant', 'in progress', 'full disk'],
  adopt: ['syntax error', 'full tenant', 'in progress'],
  'give-up': ['not known', 'full disk'],
  download: ['syntax error', 'full tenant', 'in progress'],
  metadata: ['syntax error', 'full tenant', 'in progress', 'not known', 'full disk'],
  test: ['syntax error', 'full tenant', 'in progress', 'not known', 'full disk'],
};

const fault = { kind: 'disk', code: 'ENOSPC', message: 'no space left on device' } as const;

const phases: Readonly<Record<JobPhase, readonly (JobCondition | Failure | undefined)[]>> = {
  queued: [
    undefined,
    { kind: 'unreachable', failure: failures['not reached'] },
    { kind: 'paused', failure: failures['signed out'] },
  ],
  sending: [
    { kind: 'unreachable', failure: failures['not reached'] },
    { kind: 'paused', failure: failures['signed out'] },
    { kind: 'paused', failure: failures.untrusted },
    { kind: 'unsaved', failure: fault },
  ],
  running: [
    { kind: 'unreachable', failure: failures.malformed },
    { kind: 'paused', failure: failures.unauthorized },
    { kind: 'stopped', failure: failures.forbidden },
    { kind: 'unsaved', failure: fault },
  ],
  finished: [{ kind: 'unsaved', failure: fault }],
  refused: [failures['syntax error']],
  'not-sent': [failures['not reached']],
  // A refusal that may come from a bystander, after an answer was lost.
  unknown: [failures['answer lost'], failures['code that nobody knows']],
  'given-up': [failures['answer lost']],
  gone: [failures['not known']],
};

const ends: Readonly<Record<string, Partial<JobSummary>>> = {
  error: { status: 'error', message: '90017: One or more objects do not support deleted records' },
  'error, about one query': {
    status: 'error',
    message: '90005: There is a syntax error (Error = There is no field named Nope, Query = select Nope from Account)',
  },
  aborted: { status: 'aborted' },
  'aborted, with a code': { status: 'aborted', message: '90027: exceeded maximum processing time' },
  canceled: { status: 'cancelled' },
  'completed without all': { status: 'completed' },
};

const errors: Readonly<Record<string, Parameters<typeof querySentence>[0]>> = {
  refused: { kind: 'refused', message: 'There is no field named Nope', code: '90005' },
  'refused without a word': { kind: 'refused', message: '', code: '90005' },
  failed: { kind: 'failed', message: 'You must specify a select.', code: undefined },
  'failed without a word': { kind: 'failed', message: '', code: '90007' },
  ignored: { kind: 'ignored', message: '', code: '90018', object: 'Refund' },
};

const diskActions: readonly DiskAction[] = ['submit', 'remove', 'change', 'adopt', 'export', 'read', 'state'];

test('every failure is told in sentences: what happened, what was kept, what to do', () => {
  const drawn = [...drawAll()].join('\n');
  const file = 'test/client/words.txt';
  // `ZOQL_DRAW=1 node test/run.mjs unit client/words` draws them anew, to be read before they are committed.
  if (process.env['ZOQL_DRAW']) writeFileSync(file, drawn);
  assert.equal(drawn, readFileSync(file, 'utf8'));
});

function* drawAll(): Generator<string> {
  yield 'Every sentence that tells of a failure. Drawn by words.test.ts.';
  for (const [action, impossible] of Object.entries(actions) as [Action, readonly string[]][]) {
    yield `\n== ${action}`;
    for (const [name, failure] of Object.entries(failures)) {
      if (!impossible.includes(name)) yield line(name, sentence(failure, { action, ...scope }));
    }
    if (action === 'sign-in') {
      yield line('unauthorized key', sentence(failures.unauthorized, { action, ...scope, signIn: 'apiAccessKey' }));
    }
  }
  for (const [phase, reasons] of Object.entries(phases)) {
    yield `\n== a job that is ${phase}`;
    for (const reason of reasons) {
      const condition = reason && 'failure' in reason ? reason : undefined;
      const failure = reason && !condition ? (reason as Failure) : undefined;
      const name = condition ? `${condition.kind}, ${condition.failure.kind}` : (failure?.kind ?? 'as it is');
      yield line(name, jobSentence(job({ phase: phase as JobPhase, condition, failure })));
    }
  }
  yield '\n== how a job has ended';
  for (const [name, end] of Object.entries(ends)) yield line(name, endSentence(job(end)));
  yield '\n== a problem of a query';
  for (const [name, error] of Object.entries(errors)) {
    yield line(name, querySentence(error, { changed: false }));
    yield line(`${name}, changed`, querySentence(error, { changed: true }));
  }
  yield '\n== the disk';
  for (const action of diskActions) yield line(action, faultSentence(fault, action));
  yield line('forbidden', faultSentence({ ...fault, code: 'EACCES', message: 'permission denied' }, 'submit'));
  yield line('other', faultSentence({ ...fault, code: 'EIO', message: 'input/output error' }, 'submit'));
  yield '\n== the clock';
  for (const minutes of [61, -61, 24 * 60, -400 * 24 * 60]) {
    yield line(`${minutes} minutes`, skewSentence(minutes * 60_000, scope.origin));
  }
  yield '\n== codes';
  const categories = ['10', '11', '20', '21', '22', '23', '30', '40', '45', '50', '60', '61', '70', '90', '99'];
  const codes = [...Object.keys(aquaCodes), '50000090', '90000011', ...categories.map(each => `531003${each}`)];
  for (const code of codes) yield line(code, `${codeWords(code)?.cause} / ${codeWords(code)?.remedy}`);
  yield '';
}

function line(name: string, words: string | undefined): string {
  return `${name}: ${words ?? '(nothing is the matter)'}`;
}

function job(rest: Partial<JobSummary>): JobSummary {
  const counts = { queries: 3, batches: 2, completed: 2, failed: 0, records: 5, full: 0, incremental: 0 };
  return { phase: 'finished', scope, counts, ...rest } as JobSummary;
}

suite('codes', () => {
  test('each of AQuA has one sentence of each kind', () => {
    for (const [code, { cause, remedy }] of Object.entries(aquaCodes)) {
      for (const words of [cause, remedy]) assert.match(words, /^[A-Z](?:(?![.!?]\s).)*\.$/, code);
    }
  });

  test('all that Zuora documents are there', () => {
    const gaps = [11, 13, 23, 24, 25, 26];
    const documented = Array.from({ length: 29 }, (_, index) => index + 1).filter(number => !gaps.includes(number));
    assert.deepEqual(
      Object.keys(aquaCodes),
      documented.map(number => String(90_000 + number)),
    );
  });

  test('one that nobody knows has Zuora’s words only', () => {
    assert.equal(codeWords('90011'), undefined);
    assert.equal(codeWords('toString'), undefined);
    assert.equal(codeWords('53100312'), undefined);
    const failure: Failure = { kind: 'rejected', message: 'Too blue.', status: 400, code: '90011' };
    assert.match(
      sentence(failure, { action: 'submit', ...scope }),
      /^rest\.na\.zuora\.com refused it: Too blue \(code 90011\)\. /,
    );
  });
});

test('of many reasons three are told, each once', () => {
  const reasons = [
    'Name is too long.',
    'Query 1 is wrong.',
    'Name is too long.',
    'Query 2 is wrong',
    'Query 3',
    'Query 4',
  ];
  const failure: Failure = { kind: 'rejected', message: 'Name is too long.', status: 200, code: 'X', reasons };
  assert.match(
    sentence(failure, { action: 'submit', ...scope }),
    /refused it: Name is too long; Query 1 is wrong; Query 2 is wrong; and 2 more \(code X\)\./,
  );
});

test('a long query is told by its beginning', () => {
  const query = `select ${'Name, '.repeat(500)}Nope\nfrom Account`;
  const failure: Failure = { ...failures['syntax error'], culprit: { error: 'There is no field named Nope', query } };
  const words = sentence(failure, { action: 'submit', ...scope });
  assert.match(words, /There is no field named Nope, in “select Name, .{40,50}…” \(code 90005\)\./);
  assert.ok(words.length < 300);
});
