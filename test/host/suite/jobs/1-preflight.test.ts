import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from '../confirm';
import { closeAll, openText, replaceUnsaved, showText, workspaceFolder } from '../files';
import { messagesDuring, pressingOnErrors } from '../messages';
import { submitOnce, submittedQueries } from '../queries';
import { submits, type LoggedRequest } from '../standIn';
import { jobLines, type Line } from '../tree';
import { until } from '../until';

suite('the preflight', () => {
  setup(closeAll);

  suite('takes', () => {
    const below = (path: string) => vscode.Uri.joinPath(workspaceFolder(), path);

    suiteSetup(async () => {
      await openText('preflight/a.zoql', 'select Id from Account limit 21');
      await openText('preflight/deep/B.ZQL', 'select Id from Account limit 22');
      await openText('preflight/notes.txt', 'select Id from Contact');
      await openText('preflight/hidden/c.zoql', 'select Id from Contact limit 23');
      await openText('preflight/d10.zoql', 'select Id from Account limit 24');
      await openText('preflight/d9.zoql', 'select Id from Account limit 25');
      await excluded({ '**/hidden': true });
    });

    suiteTeardown(() => excluded(undefined));

    test('a folder: what is below it, by its paths, without what files.exclude hides', async () => {
      const folder = below('preflight');
      assert.deepEqual(await submittedQueries('zoql.submit', folder, [folder]), [
        'a: select Id from Account limit 21',
        'd9: select Id from Account limit 25',
        'd10: select Id from Account limit 24',
        'B: select Id from Account limit 22',
      ]);
    });

    test('a folder and a file in it, with text that was not saved, each file once', async () => {
      const document = await showText('preflight/a.zoql', 'select Id from Account limit 21');
      await replaceUnsaved(document, 'limit 21', 'limit 26');
      const chosen = [below('preflight/a.zoql'), below('preflight/deep'), below('preflight')];
      const queries = await submittedQueries('zoql.submit', chosen[0], chosen);
      assert.deepEqual(queries.slice(0, 2), [
        'a: select Id from Account limit 26',
        'B: select Id from Account limit 22',
      ]);
      assert.equal(queries.length, 4);
    });

    test('a folder without ZOQL says so', async () => {
      const before = (await submits()).length;
      await openText('empty/notes.txt', '');
      const folder = below('empty');
      const messages = await messagesDuring(async () =>
        vscode.commands.executeCommand('zoql.submit', folder, [folder]),
      );
      assert.deepEqual(messages, ['There is nothing to submit: no .zoql or .zql file is below empty.']);
      assert.equal((await submits()).length, before);
    });

    test('what a pattern matches, and remembers it', async () => {
      const expected = ['B: select Id from Account limit 22'];
      assert.deepEqual(await submittedQueries('zoql.submitGlob', './preflight/deep/**'), expected);
      assert.deepEqual(await submittedQueries('zoql.submitGlob'), expected);
    });
  });

  test('more than 50 queries are sent as a group of jobs, once a person has said so', async () => {
    const statements = Array.from({ length: 60 }, (_, index) => `select Id from Product limit ${index + 1};`);
    await showText('sixty.zoql', statements.join('\n'));
    const before = (await submits()).length;
    await pressingOnErrors('Split into 2 Jobs', () => confirmUntilEnd(vscode.commands.executeCommand('zoql.submit')));
    const sent = (await submits()).slice(before);
    assert.deepEqual(
      sent.map(({ body }) => queriesIn(body).map(({ name }) => name)),
      [0, 30].map(start => Array.from({ length: 30 }, (_, index) => nameOf(start + index))),
    );
    assert.equal(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size, 2);
    const jobs = (await jobLines()).slice(0, 2);
    assert.deepEqual(
      jobs.map(({ below }) => below.length),
      [30, 30],
    );
  });

  suite('shows', () => {
    let received: LoggedRequest;
    let preview: string;

    suiteSetup(async () => {
      await closeAll();
      await showText('shown.zoql', "select Id, -- the key\n  Name from Account where Name != 'Ünï' limit 31");
      await vscode.commands.executeCommand('zoql.previewRequest');
      preview = await activePreview();
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      received = await submitOnce();
    });

    test('the request beforehand, byte by byte as it is sent then, without a secret', () => {
      assert.ok(preview.split('\n').includes(received.body), preview);
      assert.match(preview, /^\/\/ POST http:\/\/127\.0\.0\.1:\d+\/v1\/batch-query\/\n/);
      assert.match(preview, /^\/\/ Authorization: Bearer \*\*\*$/m);
      assert.match(preview, /^\/\/ Idempotency-Key: made when it is sent$/m);
    });

    test('the request of a job, with its key', async () => {
      const [job] = await jobLines();
      assert.ok(job);
      await vscode.commands.executeCommand('zoql.previewRequest', job.node);
      const sent = await activePreview();
      assert.ok(sent.split('\n').includes(received.body), sent);
      assert.ok(sent.includes(`// Idempotency-Key: ${received.headers['idempotency-key']}\n`), sent);
    });

    test('it as a cURL command', async () => {
      const [job] = await jobLines();
      assert.ok(job);
      await vscode.commands.executeCommand('zoql.copyAsCurl', job.node);
      const command = await vscode.env.clipboard.readText();
      assert.ok(command.includes(received.body.replaceAll("'", `'\\''`)), command);
      assert.ok(command.includes(`--header 'Authorization: Bearer '"$ZUORA_TOKEN"`), command);
    });
  });

  suite('repeats a job', () => {
    let first: LoggedRequest;
    let job: Line;
    const text = '-- @name Good\nselect Id from Product limit 41;\n-- @name Bad\nselect * from BillingPreviewRun;\n';

    suiteSetup(async () => {
      await closeAll();
      await showText('repeated.zoql', text);
      first = await submitOnce();
      [job] = (await until(jobLines, ([newest]) => /^aborted/.test(newest?.description ?? ''), {
        what: 'an aborted job',
      })) as [Line];
    });

    test('as it was sent: the same bytes under a key of its own', async () => {
      await closeAll();
      const again = await submitOnce('zoql.resubmitAsSent', job.node);
      assert.equal(again.body, first.body);
      assert.notEqual(again.headers['idempotency-key'], first.headers['idempotency-key']);
    });

    test('only its failed batches', async () => {
      assert.deepEqual(await submittedQueries('zoql.resubmitFailed', job.node), [
        'Bad: select * from BillingPreviewRun',
      ]);
    });

    test('as its file is now', async () => {
      const document = await showText('repeated.zoql', text);
      await replaceUnsaved(document, 'limit 41', 'limit 42');
      await replaceUnsaved(document, '-- @name Bad\nselect * from BillingPreviewRun;\n', '');
      assert.deepEqual(await submittedQueries('zoql.resubmitEdited', job.node), [
        'Good: select Id from Product limit 42',
      ]);
    });
  });
});

function queriesIn(body: string): readonly { readonly name: string }[] {
  return (JSON.parse(body) as { readonly queries: readonly { readonly name: string }[] }).queries;
}

/** What the statement at this place of sixty.zoql is called. */
function nameOf(place: number): string {
  return place === 0 ? 'sixty' : `sixty-${place + 1}`;
}

/** The text of the request that the editor shows. */
async function activePreview(): Promise<string> {
  const document = () => vscode.window.activeTextEditor?.document;
  await until(document, shown => shown?.uri.scheme === 'zoql-request', { what: 'a preview' });
  assert.equal(document()?.languageId, 'jsonc');
  return document()?.getText() ?? '';
}

async function excluded(globs: Record<string, boolean> | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('files').update('exclude', globs, vscode.ConfigurationTarget.Global);
}
