import type { App } from '../../app';
import { givenNames, pickName } from '../pick';
import { showTable } from '../documents';

/** ZOQL: Open as Table. The fields and related objects of an object, or of the one that a line leads to. */
export async function run(app: App, ...given: readonly unknown[]): Promise<void> {
  const node = givenNames(given)[0] ?? (await pickName(app, { title: 'Open as Table', of: 'objects' }));
  if (!node) return;
  const target = await app.schema.tree.target(node);
  await showTable(target?.name ?? node.object);
}
