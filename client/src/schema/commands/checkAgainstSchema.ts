import * as vscode from 'vscode';
import { lackingIn, openDocument, type Lacking } from '../../../../server/src/zoql/index';
import type { App } from '../../app';
import { readServerSettings } from '../../config';
import { collectOpenDocuments } from '../../jobs/collect';
import type { OpenDocument } from '../../jobs/plan';
import { pickSchema } from '../schemas';

interface Item extends vscode.QuickPickItem {
  readonly document: OpenDocument;
  readonly lacking: Lacking;
}

/**
 * ZOQL: Check Open Queries against Another Schema…. What the queries of all open files need and a schema lacks, as a list
 * that leads to the places.
 */
export async function run(app: App): Promise<void> {
  const collected = await collectOpenDocuments();
  if (!collected.ok) {
    const files = collected.unreadable.map(({ relativePath }) => relativePath).join(', ');
    void vscode.window.showErrorMessage(
      `Nothing was checked, because ${files} cannot be read. Close it or bring it back.`,
    );
    return;
  }
  const { documents } = collected;
  if (documents.length === 0) {
    void vscode.window.showInformationMessage(
      'No ZOQL document is open. Open the files whose queries are to be checked.',
    );
    return;
  }
  const title = 'Check Open Queries';
  const schema = await pickSchema(app, title, 'The schema that the queries are to run on');
  if (!schema) return;

  // How grave a person takes a problem is no matter here.
  const context = { catalogue: schema.catalogue, queryType: readServerSettings().queryType };
  const name = schema.facts ? schema.name : undefined;
  const read = documents.map(document => ({ document, parsed: openDocument(document.text) }));
  const items = read.flatMap(({ document, parsed }) =>
    lackingIn(parsed, context, name).map((lacking): Item => itemOf(document, lacking)),
  );
  if (items.length === 0) {
    const queries = read.reduce((sum, { parsed }) => sum + parsed.statements.length, 0);
    const what = queries === 1 ? 'The open query needs' : `The ${queries} open queries need`;
    void vscode.window.showInformationMessage(`${what} nothing that ${schema.name} lacks.`);
    return;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: `${schema.name} lacks ${items.length === 1 ? '1 thing' : `${items.length} things`} that the open queries need`,
    placeHolder: 'Where it is needed',
    matchOnDescription: true,
  });
  if (picked) await open(picked);
}

function itemOf(document: OpenDocument, lacking: Lacking): Item {
  const line = document.text.slice(0, lacking.start).split('\n').length;
  return {
    label: lacking.message,
    description: `${document.relativePath}:${line}`,
    iconPath: new vscode.ThemeIcon(lacking.code === 'not-described' ? 'question' : 'warning'),
    document,
    lacking,
  };
}

async function open({ document: { uri }, lacking: { start, end } }: Item): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  await vscode.window.showTextDocument(document, { selection });
}
