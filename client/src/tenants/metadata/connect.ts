import * as vscode from 'vscode';
import type { ServerLink } from '../../language';
import type { Parts } from '../../parts';

export interface ConnectOptions {
  readonly link: ServerLink;
  readonly parts: () => Promise<Parts>;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Joins the running language server to what is known of tenants. Without a tenant there is nothing to know, and the parts
 * that know of the network are not loaded.
 */
export function connectMetadata({ link, parts, log }: ConnectOptions): vscode.Disposable {
  const joined: vscode.Disposable[] = [];
  let joining: Promise<void> | undefined;
  let disposed = false;
  const joinWhenNeeded = () => {
    if (hasTenant()) joining ??= join().catch((error: unknown) => log.error(String(error)));
  };
  joined.push(
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('zoql.tenants')) joinWhenNeeded();
    }),
  );
  joinWhenNeeded();
  return new vscode.Disposable(() => {
    disposed = true;
    vscode.Disposable.from(...joined).dispose();
  });

  async function join(): Promise<void> {
    const [loaded, { feedServer }, { systemClock }] = await Promise.all([
      parts(),
      import('./feed'),
      import('../../zuora/clock'),
    ]);
    if (disposed) return;
    const feed = feedServer({
      metadata: loaded.metadata,
      activeScope: () => loaded.activeScope(),
      watchScope: changed => loaded.watchScope(changed),
      clock: systemClock,
      tell: params => link.tell(params),
    });
    joined.push(feed);
    link.onObjectsNeeded(objects => void feed.need(objects));
  }
}

/** Whether anything could be a tenant; what is wrong with it is said elsewhere. */
function hasTenant(): boolean {
  const tenants = vscode.workspace.getConfiguration('zoql').inspect<unknown>('tenants')?.globalValue;
  return (Array.isArray(tenants) && 0 < tenants.length) || process.env['ZOQL_URL'] !== undefined;
}
