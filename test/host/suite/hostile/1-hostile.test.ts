import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { attackerUrl, heardByAttacker } from '../attacker';
import { confirmUntilEnd } from '../confirm';
import { answering } from '../dialogs';
import { closeAll } from '../files';
import { messagesDuring } from '../messages';
import { counters, failNext, failSubmits, letTimePass, passedProxy, requests, submits } from '../standIn';
import { jobLines, tenantLines } from '../tree';
import { until } from '../until';

// A trusted workspace of two folders whose settings lead everywhere to the attacker. The tenant is https://rest.example.com,
// behind a proxy of the person's own that asks for a sign-in, with a certificate of an authority of its own.
suite('a hostile workspace', () => {
  /** Requests of the windows before. */
  let earlier = 0;

  suiteSetup(async () => {
    earlier = (await requests()).length;
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    const notifyUrl = vscode.workspace.getConfiguration('zoql').inspect<string>('job.notifyUrl');
    assert.ok(notifyUrl?.workspaceValue?.startsWith(attackerUrl()), 'its settings are in force as far as they may');
  });

  // Whatever a test has done.
  teardown(async () => assert.deepEqual(await heardByAttacker(), []));
  suiteTeardown(closeAll);

  test('does not change what VS Code takes for its proxy', () => {
    const http = vscode.workspace.getConfiguration('http', vscode.workspace.workspaceFolders?.[0]?.uri);
    assert.match(http.get<string>('proxy') ?? '', /^http:\/\/engineer:proxy-password@127\.0\.0\.1:\d+$/);
    assert.notEqual(http.get('proxyStrictSSL'), false);
    assert.deepEqual(http.get('noProxy') ?? [], []);
    assert.notEqual(http.get('proxyAuthorization'), 'Basic dGhlaXJzOnRoZWlycw==');
  });

  test('adds no tenant and moves none', async () => {
    await open('dotted');
    const tenants = (await tenantLines()).map(({ label }) => label);
    assert.ok(!tenants.includes('Theirs'), tenants.join());
    const [said = ''] = await messagesDuring(async () => vscode.commands.executeCommand('zoql.signIn'));
    assert.equal(
      said,
      'Local sandbox (rest.example.com) accepts the client id and secret of the environment variables ZOQL_CLIENT_ID and ZOQL_CLIENT_SECRET.',
    );
    assert.deepEqual(await passedTo(), ['CONNECT rest.example.com:443 200']);
  });

  test('proposes tenants in the file of a team, and none is used that nobody has agreed to', async () => {
    const { window } = vscode;
    const { showQuickPick } = window;
    const offered: string[] = [];
    const pickTheirs = (items: readonly vscode.QuickPickItem[]) => {
      offered.push(...items.map(({ label, description, detail }) => [label, description, detail].join(' ')));
      return Promise.resolve(items.find(({ label }) => label === 'Theirs'));
    };
    Object.assign(window, { showQuickPick: pickTheirs });
    try {
      const select = () => vscode.commands.executeCommand('zoql.selectTenant');
      const [question = ''] = await answering([], select);
      assert.match(question, /^Use the tenant Theirs of zoql\.tenants\.json\?\nAddress: 127\.0\.0\.1:\d+\n/);
    } finally {
      Object.assign(window, { showQuickPick });
    }
    assert.match(offered.join('\n'), /^Theirs .*proposed by zoql\.tenants\.json/m);
    assert.match(
      offered.join('\n'),
      /names "Local sandbox" at 127\.0\.0\.1:\d+\. Yours at rest\.example\.com is used instead\./,
    );
    const tenants = (await tenantLines()).map(({ label }) => label);
    assert.ok(!tenants.includes('Theirs'), tenants.join());
  });

  test('sends nothing by being opened, edited, looked at and saved', async () => {
    const before = (await requests()).length;
    const { document } = await open('dotted');
    await until(
      () => vscode.languages.getDiagnostics(document.uri),
      found => 0 < found.length,
      { what: 'a diagnostic' },
    );
    await document.save();
    assert.equal((await requests()).length, before);
  });

  test('gets no command into a hover, nor runs one by a link', async () => {
    const { document } = await open('dotted');
    for (let line = 0; line < document.lineCount; line++) {
      for (let character = 0; character < document.lineAt(line).text.length; character += 3) {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          new vscode.Position(line, character),
        );
        for (const content of hovers.flatMap(({ contents }) => contents)) {
          const markdown = content as vscode.MarkdownString;
          assert.ok(markdown.isTrusted === undefined || markdown.isTrusted === false, markdown.value);
          assert.ok(!markdown.supportHtml, markdown.value);
        }
      }
    }
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.deepEqual(
      links.filter(({ target }) => target?.scheme === 'command'),
      [],
    );
  });

  test('has the tenant described by the tenant', async () => {
    const [said = ''] = await messagesDuring(async () => vscode.commands.executeCommand('zoql.refreshMetadata'));
    assert.match(said, /^Local sandbox \(rest\.example\.com\) has described \d+ objects/);
    assert.deepEqual(headersOfAll('x-theirs', await requests()), []);
  });

  test('names an address for Zuora to call, which is shown as its own before anything is sent', async () => {
    await open('nested');
    const before = (await submits()).length;
    const rows: (readonly string[])[] = [];
    await watchingRows(rows, () => confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile')));
    const row = rows.find(([label]) => label?.includes('notifyUrl'));
    assert.ok(row?.join('\n').includes(attackerUrl()), JSON.stringify(rows));
    assert.match(row?.join('\n') ?? '', /Set by this workspace, not by you/);
    const [sent] = (await submits()).slice(before);
    assert.ok(sent, 'what was confirmed is sent');
    assert.deepEqual(headersOfAll('x-theirs', [sent]), []);
    assert.equal(sent.headers['host'], 'rest.example.com');
  });

  test('watches its job and gets the result from the tenant', async () => {
    await letTimePass(600_000);
    await vscode.commands.executeCommand('zoql.refreshJobs');
    const [job] = await until(jobLines, ([first]) => /completed/.test(first?.description ?? ''), {
      what: 'the end of the job',
    });
    await vscode.commands.executeCommand('zoql.openResult', job?.below[0]?.node);
    await until(requests, all => all.some(({ path }) => path.startsWith('/v1/files/')), { what: 'a download' });
    assert.deepEqual((await counters()).violations, []);
  });

  test('does not weaken the guard of production', async () => {
    const settings = vscode.workspace.getConfiguration('zoql');
    const own = settings.inspect<readonly object[]>('tenants')?.globalValue ?? [];
    await settings.update('tenants', [{ ...own[0], kind: 'production' }], vscode.ConfigurationTarget.Global);
    await until(tenantLines, lines => lines.some(({ label }) => label === 'PRODUCTION · Local sandbox'), {
      what: 'the tenant as production',
    });
    await open('nested');
    const before = (await submits()).length;
    const [question = ''] = await answering([], () =>
      confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile')),
    );
    assert.match(question, /^Submit to PRODUCTION · Local sandbox\?/);
    assert.equal((await submits()).length, before);
    await settings.update('tenants', own, vscode.ConfigurationTarget.Global);
  });

  test('and a tenant that redirects to the attacker leads nobody there', async () => {
    const to = `${attackerUrl()}/v1/describe`;
    await failNext({ do: 'redirect', to, status: 307 }, { method: 'POST', path: '/oauth/token' });
    const [said = ''] = await messagesDuring(async () => vscode.commands.executeCommand('zoql.signIn'));
    assert.match(said, /answered with a redirect to http:\/\/127\.0\.0\.1:\d+\/v1\/describe, which is not followed/);
    await failSubmits({ do: 'redirect', to, status: 308 });
    await open('nested');
    const words = await messagesDuring(() => confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile')));
    assert.match(words.join('\n'), /which is not followed/);
  });

  test('a diagnosis tells of the way through the proxy of the person, without its password', async () => {
    const before = (await requests()).length;
    await vscode.commands.executeCommand('zoql.diagnoseConnection');
    const { document } = vscode.window.activeTextEditor ?? assert.fail('no report is shown');
    assert.equal(document.uri.scheme, 'zoql-diagnosis');
    const text = document.getText();
    assert.ok(!text.includes('proxy-password') && !text.includes(process.env['ZOQL_CLIENT_SECRET'] ?? ''), text);
    assert.match(text, /What to do first\n\n {2}Nothing: every step worked\.\n/);
    assert.match(text, /\[ok\] {6,}Proxy {2,}http:\/\/127\.0\.0\.1:\d+, named by http\.proxy\./);
    assert.match(text, /\[ok\] {6,}Answer {2,}Zuora answers, and asks for a sign-in as it should\. \(\d+ ms\)/);
    assert.match(text, /http\.proxy {2,}http:\/\/\*\*\*@127\.0\.0\.1:\d+\n/);
    const asked = (await requests()).slice(before).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(asked, [
      'GET /v1/describe',
      'POST /oauth/token',
      'GET /v1/batch-query/jobs/00000000000000000000000000000000',
    ]);
  });

  test('all that was sent went through the proxy of the person', async () => {
    const lines = new Set(await passedTo());
    // A diagnosis looks at the certificate without signing in to the proxy.
    assert.deepEqual([...lines].sort(), ['CONNECT rest.example.com:443 200', 'CONNECT rest.example.com:443 407']);
    // The log leaves out Authorization, and nothing but the host of the tenant was asked for.
    const own = (await requests()).slice(earlier);
    assert.deepEqual([...new Set(own.map(({ headers }) => headers['host']))], ['rest.example.com']);
  });
});

async function open(folder: string): Promise<vscode.TextEditor> {
  const found = vscode.workspace.workspaceFolders?.find(({ name }) => name === folder);
  assert.ok(found, folder);
  return vscode.window.showTextDocument(vscode.Uri.joinPath(found.uri, 'query.zoql'), { preview: false });
}

async function passedTo(): Promise<readonly string[]> {
  return (await passedProxy()).map(({ line, status }) => `${line} ${status}`);
}

function headersOfAll(
  name: string,
  all: readonly { readonly headers: Readonly<Record<string, string>> }[],
): readonly string[] {
  return all.flatMap(({ headers }) => headers[name] ?? []);
}

/** Notes the rows of every list that comes while `action` runs, as label, description and detail. */
async function watchingRows(rows: (readonly string[])[], action: () => Promise<unknown>): Promise<void> {
  const { window } = vscode;
  const { createQuickPick } = window;
  const noting = () => {
    const list = createQuickPick();
    const shown = list.show.bind(list);
    list.show = () => {
      for (const { label, description = '', detail = '' } of list.items) rows.push([label, description, detail]);
      shown();
    };
    return list;
  };
  // The suites live in the extension's folder, so VS Code gives both the same API object.
  Object.assign(window, { createQuickPick: noting });
  try {
    await action();
  } finally {
    Object.assign(window, { createQuickPick });
  }
}
