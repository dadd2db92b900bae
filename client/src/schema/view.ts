import * as vscode from 'vscode';
import { dayOf } from '../../../server/src/day';
import type { Parts } from '../parts';
import type { SchemaNode } from './lines';
import { SchemaTree } from './tree';

/** The view "Schema". */
export interface SchemaView extends vscode.Disposable {
  readonly tree: SchemaTree;
  /** Shows the view with this line selected, and lets the keys go there. */
  reveal(node: SchemaNode): Promise<void>;
}

export interface SchemaViewOptions {
  readonly parts: () => Promise<Parts>;
  readonly log: vscode.LogOutputChannel;
}

/** Nothing is loaded before somebody looks at the view. */
export function showSchema({ parts, log }: SchemaViewOptions): SchemaView {
  const tree = new SchemaTree(async () => {
    const loaded = await parts();
    const { tenants, snapshot } = loaded;
    return {
      async read() {
        const catalogue = await loaded.catalogue();
        const ofFile = snapshot.current();
        return {
          catalogue,
          tenant: tenants.active()?.name,
          today: dayOf(new Date()),
          problem: ofFile?.ok === false ? ofFile.sentence : undefined,
        };
      },
      watch: changed => loaded.watchCatalogue(changed),
    };
  });
  const view = vscode.window.createTreeView('zoql.schema', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const reading = tree.onDidRead(({ title, message }) => {
    view.description = title;
    view.message = message ?? '';
  });
  return {
    tree,
    async reveal(node) {
      try {
        await view.reveal(node, { select: true, focus: true, expand: node.kind !== 'field' });
      } catch (error) {
        log.warn(`The view could not show ${node.object}: ${String(error)}`); // Gone meanwhile, or the view is hidden for good.
      }
    },
    dispose: () => void vscode.Disposable.from(view, reading, tree).dispose(),
  };
}
