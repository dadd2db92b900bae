import * as vscode from 'vscode';
import { languageId } from '../../../server/src/protocol';
import type * as LastResults from './lastResults';
import type { JobStore } from './store';
import type { JobNode } from './tree';

export interface ResultLenses extends vscode.Disposable {
  /** The jobs, from the moment that somebody needed them. */
  use(store: JobStore): void;
}

export interface ResultLensOptions {
  /** Reads the history, if there is one. */
  readonly loadHistory: () => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

/** Jobs of a file whose entries are read for its lenses: the newest of hundreds tell of all its queries. */
const mostLookedInto = 20;

/**
 * Shows above each query what it gave when it was last submitted, and opens its result. The history is read when the
 * first ZOQL document asks for lenses: nobody waits for it, the lenses come when it is there.
 */
export function registerResultLenses({ loadHistory, log }: ResultLensOptions): ResultLenses {
  const changed = new vscode.EventEmitter<void>();
  let loading: Promise<void> | undefined;
  let jobs: { readonly store: JobStore; readonly words: typeof LastResults } | undefined;
  let endWatch: (() => void) | undefined;

  const provider = vscode.languages.registerCodeLensProvider(
    { language: languageId },
    {
      onDidChangeCodeLenses: changed.event,
      async provideCodeLenses(document) {
        loading ??= loadHistory().catch((error: unknown) => log.error(String(error)));
        if (!jobs || !vscode.workspace.getConfiguration('zoql', document).get<boolean>('codeLens.enabled')) return [];
        const { store, words } = jobs;
        const uri = document.uri.toString();
        const here = store.all().filter(({ files }) => files.includes(uri));
        const opened = await Promise.all(here.slice(0, mostLookedInto).map(({ key }) => store.open(key)));
        const sent = opened.filter(job => job !== undefined);
        return words.lastResults(uri, document.getText(), sent).map(result => {
          const position = document.positionAt(result.offset);
          const node: JobNode = { kind: 'batch', key: result.job.key, index: result.index };
          // Without a file there is nothing to open: a lens without a command is words only.
          const command = 0 < result.batch.fileIds.length ? 'zoql.openResult' : '';
          return new vscode.CodeLens(new vscode.Range(position, position), {
            title: words.describeResult(result),
            command,
            arguments: [node],
          });
        });
      },
    },
  );
  return {
    use(store) {
      const watch = async () => {
        jobs = { store, words: await import('./lastResults') };
        endWatch = store.watch(() => changed.fire());
        changed.fire();
      };
      watch().catch((error: unknown) => log.error(String(error)));
    },
    dispose() {
      endWatch?.();
      provider.dispose();
      changed.dispose();
    },
  };
}
