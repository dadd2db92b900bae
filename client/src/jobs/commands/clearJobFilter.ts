import type { App } from '../../app';

/** ZOQL: Clear Filter. The list shows all jobs again. */
export async function run(app: App): Promise<void> {
  await app.tree.setFilter(undefined);
}
