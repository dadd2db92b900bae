import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmUntilEnd } from '../confirm';
import { closeAll, showText } from '../files';
import { messagesDuring } from '../messages';
import { failSubmits, requests } from '../standIn';
import { until } from '../until';

// The stand-in's Account has a custom field Region__c, which no bundled fact knows.
suite('what the tenant has described', () => {
  suiteSetup(closeAll);

  suiteTeardown(async () => {
    await enable(undefined);
    await closeAll();
  });

  test('until it may be asked, a custom field is not known', async () => {
    const document = await showText('custom.zoql', 'select Id, Region__c from Account\n');
    await until(
      () => hints(document),
      all => all.includes('unchecked-field'),
      { what: 'the hint at Region__c' },
    );
    assert.deepEqual(await described(), []);
  });

  test('then the object of the open query is asked for, and what was said of its fields is true', async () => {
    await enable(true);
    const document = await showText('custom.zoql', 'select Id, Region__c from Account\n');
    await until(
      () => hints(document),
      all => !all.includes('unchecked-field'),
      { what: 'no hint at Region__c' },
    );
    const [first, ...others] = await described();
    assert.equal(first, '/v1/describe');
    assert.ok(others.includes('/v1/describe/Account') && !others.includes('/v1/describe/Order'), others.join());
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 'select Id, Re'.length),
    );
    const words = hover?.contents.map(content => (typeof content === 'string' ? content : content.value)).join('\n');
    assert.match(words ?? '', /Custom field, `picklist`[\s\S]*Local sandbox of \d{4}-\d\d-\d\d/);
  });

  test('completion offers the field and its values', async () => {
    const document = await showText('values.zoql', "select Reg from Account where Region__c = ''\n");
    const offered = async (character: number) => {
      const at = new vscode.Position(0, character);
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.ok((await offered('select Reg'.length)).includes('Region__c'));
    assert.ok(
      (await offered("select Reg from Account where Region__c = '".length)).some(value => /North|EMEA|EU/.test(value)),
    );
  });

  test('Refresh Metadata asks for every object, and says how many there are', async () => {
    const [said = ''] = await messagesDuring(async () => vscode.commands.executeCommand('zoql.refreshMetadata'));
    const count = Number(/has described (\d+) objects/.exec(said)?.[1]);
    assert.ok(50 < count, said);
    const asked = await described();
    assert.equal(new Set(asked).size, count + 1);
  });

  test('a field that AQuA refused is told of from then on', async () => {
    const query = 'select Id, TaxMessage from Invoice';
    const message = `There is a syntax error in one of the queries in the AQuA input (Error = There is no field named TaxMessage, Query = ${query})`;
    await failSubmits({ do: 'status', status: 200, body: { status: 'error', errorCode: '90005', message } });
    const text = `-- @type zoql\n${query}\n`;
    const document = await showText('refused.zoql', text);
    assert.deepEqual(messages(document), []);
    await confirmUntilEnd(vscode.commands.executeCommand('zoql.submitFile'));
    await until(
      () => messages(document),
      all => all.some(message => message.includes('AQuA has refused it')),
      { what: 'the problem at TaxMessage' },
    );
  });
});

function enable(value: boolean | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('zoql')
    .update('metadata.enabled', value ?? false, vscode.ConfigurationTarget.Global);
}

/** The codes of what the language has found. */
function hints({ uri }: vscode.TextDocument): string[] {
  return vscode.languages.getDiagnostics(uri).map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

function messages({ uri }: vscode.TextDocument): string[] {
  return vscode.languages.getDiagnostics(uri).map(({ message }) => message);
}

/** What was asked of Describe so far, without what is asked behind the path. */
async function described(): Promise<readonly string[]> {
  const all = await requests();
  return all.map(({ path }) => path.replace(/\?.*/, '')).filter(path => path.startsWith('/v1/describe'));
}
