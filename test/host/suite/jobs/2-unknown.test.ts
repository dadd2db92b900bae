import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from '../confirm';
import { answering } from '../dialogs';
import { closeAll, showText } from '../files';
import { messagesDuring } from '../messages';
import { counters, failSubmits, letTimePass, submits, type LoggedRequest } from '../standIn';
import { jobLines, type Line } from '../tree';
import { until } from '../until';

// The ways out of a job whose answer was lost, and the queue of a tenant that has no place.
suite('jobs that Zuora did not answer for, or had no place for', () => {
  suiteSetup(closeAll);

  suiteTeardown(async () => {
    await letTimePass(60_000);
    await vscode.commands.executeCommand('zoql.refreshJobs');
    await closeAll();
  });

  test('a job whose answer is lost is unknown, and can be given up: it stays in the list', async () => {
    const job = await submitLost('given-up.zoql', 'select Id from Product limit 21');
    const [question = ''] = await answering(['Give Up'], () => vscode.commands.executeCommand('zoql.giveUp', job.node));
    assert.match(question, /stays in the list and is not sent again/);
    const given = await lineOf(job.label);
    assert.match(given.description, /^given up · /);
  });

  test('one that was given up gets its ID by hand, and is watched to its end', async () => {
    const job = await lineOf('given-up');
    const id = await idAtZuora('given-up');
    const [, question = ''] = await answering([id, 'Adopt'], () =>
      vscode.commands.executeCommand('zoql.adoptUnknown', job.node),
    );
    assert.match(question, new RegExp(`Is this given-up\\?[\\s\\S]*Job ID: ${id}[\\s\\S]*limit 21`));
    await letTimePass(60_000);
    await until(
      () => lineOf('given-up'),
      ({ description }) => description.startsWith('completed') && description.includes(id),
      { what: 'the adopted job at its end' },
    );
  });

  test('an ID of other queries is taken only after a warning', async () => {
    const job = await submitLost('warned.zoql', 'select Id from Product limit 22');
    const queries = [{ name: 'other', type: 'zoql', query: 'select Name from Product' }];
    const id = await jobAtZuora(JSON.stringify({ queries }));
    const [, question = ''] = await answering([id], () =>
      vscode.commands.executeCommand('zoql.adoptUnknown', job.node),
    );
    assert.match(question, /^This looks like another job\.[\s\S]*"warned" was sent and is not in it/);
    const kept = await lineOf('warned');
    assert.match(kept.description, /^unknown · /);
  });

  test('Send Again under the same key brings the job that was made', async () => {
    const job = await lineOf('warned');
    const id = await idAtZuora('warned');
    const [question = ''] = await answering(['Send Again'], () =>
      vscode.commands.executeCommand('zoql.sendAgain', job.node),
    );
    assert.match(question, /if Zuora never got it, this makes it/);
    await until(
      () => lineOf('warned'),
      ({ description }) => description.includes(id),
      { what: 'the ID of the job that was made' },
    );
  });

  test('a job that Zuora has no place for is queued, told once, and goes out by itself', async () => {
    await failSubmits({ do: 'status', status: 200, body: tooManyJobs });
    await showText('queued.zoql', 'select Id from Product limit 24');
    const messages = await messagesDuring(() => confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile')));
    assert.equal(messages.filter(message => message.startsWith('queued is queued: Zuora runs as many')).length, 1);
    // One of our jobs ends: then the queue does not wait for its time.
    await until(
      async () => {
        await letTimePass(10_000);
        return (await lineOf('queued')).description;
      },
      description => /[0-9a-f]{32}/.test(description),
      { what: 'the queued job at Zuora', deadlineMs: 60_000 },
    );
    const sent = await submitsOf('queued');
    const keys = sent.map(({ headers }) => headers['idempotency-key'] ?? '');
    assert.deepEqual(keys, [keys[0], `${keys[0]}.2`]);
    assert.equal((await counters()).jobsByKey[keys[1] ?? ''], 1);
  });

  test('a queued job is taken out of the queue without a request', async () => {
    // The end of another job would send it at once.
    await letTimePass(60_000);
    await vscode.commands.executeCommand('zoql.refreshJobs');
    await until(jobLines, all => all.every(({ description }) => !/^(submitted|executing)/.test(description)), {
      what: 'no running job',
    });
    await failSubmits({ do: 'status', status: 200, body: tooManyJobs });
    await showText('taken-out.zoql', 'select Id from Product limit 25');
    await confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile'));
    const job = await lineOf('taken-out');
    assert.match(job.description, /^queued/);
    await vscode.commands.executeCommand('zoql.cancelJob', job.node);
    assert.match((await lineOf('taken-out')).description, /^not sent/);
    assert.equal((await submitsOf('taken-out')).length, 1);
  });
});

const tooManyJobs = { status: 'error', errorCode: '90028', message: 'There are too many concurrent AQuA jobs' };

/** Submits one file whose answers are all lost, although the job is made. */
async function submitLost(name: string, text: string): Promise<Line> {
  await failSubmits({ do: 'drop', at: 'after', times: 3 });
  await showText(name, text);
  await confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile'));
  const job = await lineOf(name.replace('.zoql', ''));
  assert.match(job.description, /^unknown · /);
  return job;
}

/** The newest job of that name. */
async function lineOf(label: string): Promise<Line> {
  const found = (await jobLines()).find(line => line.label === label);
  assert.ok(found, `a job ${label}`);
  return found;
}

/** The submits with a query of that name, oldest first. */
async function submitsOf(name: string): Promise<readonly LoggedRequest[]> {
  return (await submits()).filter(({ body }) => body.includes(`"name":"${name}"`));
}

/** The ID that Zuora gave a job whose answer was lost: its key brings the answer once more. */
async function idAtZuora(name: string): Promise<string> {
  const [sent] = await submitsOf(name);
  assert.ok(sent, `a submit of ${name}`);
  return jobAtZuora(sent.body, sent.headers['idempotency-key']);
}

/** Submits past the extension, and answers the job's ID. */
async function jobAtZuora(body: string, key?: string): Promise<string> {
  const { ZOQL_URL: url = '', ZOQL_CLIENT_ID: id = '', ZOQL_CLIENT_SECRET: secret = '' } = process.env;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const token = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body: form })).json()) as Token;
  const response = await fetch(`${url}/v1/batch-query/`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token.access_token}`,
      'Content-Type': 'application/json',
      ...(key !== undefined && { 'Idempotency-Key': key }),
    },
    body,
  });
  const made = (await response.json()) as { readonly id?: string };
  assert.ok(made.id, `Zuora made a job: ${JSON.stringify(made)}`);
  return made.id;
}

interface Token {
  readonly access_token: string;
}
