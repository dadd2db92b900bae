import type { App } from '../../app';
import { pickName } from '../pick';

/** ZOQL: Search Schema…. Finds an object or a field and shows it in the view; a key binding may give the text. */
export async function run(app: App, given?: unknown): Promise<void> {
  const node = await pickName(app, {
    title: 'Search Schema',
    of: 'all',
    ...(typeof given === 'string' && { text: given }),
    buttons: [
      { icon: 'insert', title: 'Insert at Cursor', command: 'zoql.insertName' },
      { icon: 'new-file', title: 'New Query from Here', command: 'zoql.newQuery' },
      { icon: 'table', title: 'Open as Table', command: 'zoql.openTable' },
    ],
  });
  if (node) await app.schema.reveal(node);
}
