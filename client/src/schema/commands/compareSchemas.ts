import * as vscode from 'vscode';
import { schemaDiff, writeSnapshot, type CatalogueObject } from '../../../../server/src/zoql/index';
import type { App } from '../../app';
import { diffPage } from '../diffPage';
import { showPage, showTexts } from '../documents';
import { pickSchema, snapshotEnding, type Schema } from '../schemas';

/** ZOQL: Compare Schemas…. Two of the tenants that are known, of snapshots and of the bundled facts. */
export async function run(app: App): Promise<void> {
  const one = await pickSchema(app, 'Compare Schemas (1 of 2)', 'The schema on the left');
  const other = one && (await pickSchema(app, 'Compare Schemas (2 of 2)', `What ${one.name} is compared with`));
  if (!one || !other) return;
  const how = await pickWay(one, other);
  if (how === 'page') {
    const diff = schemaDiff(objectsOf(one), objectsOf(other));
    await showPage(`${one.name} – ${other.name}`, diffPage(diff, one.name, other.name));
  }
  if (how === 'texts' && one.facts && other.facts) {
    const textOf = ({ name, facts }: Required<Schema>) => ({
      name: `${name}${snapshotEnding}`,
      text: facts ? writeSnapshot(facts) : '',
    });
    await showTexts(`${one.name} ↔ ${other.name}`, textOf(one), textOf(other));
  }
}

/** The bundled facts have no text that could stand beside a tenant's. */
async function pickWay({ facts }: Schema, { facts: others }: Schema): Promise<'page' | 'texts' | undefined> {
  if (!facts || !others) return 'page';
  const items = [
    { label: 'Summary', description: 'What is only in one, and what differs', way: 'page' as const },
    { label: 'Side by Side', description: 'Both as texts, one field a line', way: 'texts' as const },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Compare Schemas', placeHolder: 'How it is shown' });
  return picked?.way;
}

/** Of a tenant, what it has described: of the rest only the bundled facts speak, on both sides alike. */
function objectsOf({ facts, catalogue }: Schema): readonly CatalogueObject[] {
  return facts ? catalogue.objects.filter(({ bundled }) => bundled === false) : catalogue.objects;
}
