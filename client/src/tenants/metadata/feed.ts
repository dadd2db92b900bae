/**
 * Tells the language server what is known of the active tenant, and asks the tenant for what the server needs. The server
 * hears names of objects and fields, never an address or a secret.
 */
import type { TenantFactsParams } from '../../../../server/src/protocol';
import type { Clock } from '../../zuora/clock';
import { scopeKey, type Dated, type MetadataScope } from './cache';
import type { Description } from '../../zuora/describe';
import { describedObject, factsOf } from './facts';
import type { Metadata } from './metadata';

export interface FeedOptions {
  readonly metadata: Pick<Metadata, 'known' | 'need' | 'onDidChange'>;
  /** Whose objects queries are written for now. */
  readonly activeScope: () => MetadataScope | undefined;
  /** Calls back when that may be another, or when its tenant may be asked as it could not be before. */
  readonly watchScope: (changed: () => void) => { dispose(): void };
  readonly clock: Clock;
  readonly tell: (params: TenantFactsParams) => void;
}

export interface Feed {
  /** What open files are about, by the names that the server knows. */
  need(objects: readonly string[]): Promise<void>;
  dispose(): void;
}

/** Objects that come one after another are told together: each message has the editor look at its files anew. */
const pauseMs = 200;

/** Starts by telling all that is known. */
export function feedServer({ metadata, activeScope, watchScope, clock, tell }: FeedOptions): Feed {
  /** Whose facts the server has; undefined where it has none. */
  let told: string | undefined;
  let waiting: Dated<Description>[] = [];
  let cancel: (() => void) | undefined;
  let disposed = false;

  const watching = [
    watchScope(() => void tellAnew()),
    metadata.onDidChange(({ scope, objects }) => {
      if (scopeKey(scope) !== told) return;
      waiting.push(...objects);
      cancel ??= clock.after(pauseMs, () => void tellMore(scope));
    }),
  ];
  void tellAnew();

  return {
    async need(objects) {
      const scope = activeScope();
      if (scope) await metadata.need(scope, objects);
    },
    dispose() {
      disposed = true;
      cancel?.();
      for (const each of watching) each.dispose();
    },
  };

  async function tellAnew(): Promise<void> {
    const scope = activeScope();
    if (!scope) {
      if (told !== undefined) tell({ tenant: null, anew: true, objects: [], refused: [] });
      told = undefined;
      return;
    }
    const key = scopeKey(scope);
    told = key;
    waiting = [];
    const known = await metadata.known(scope);
    // Another tenant became active while the disk was read.
    if (disposed || told !== key) return;
    waiting = [];
    tell({ ...factsOf(scope.tenant, known), anew: true });
  }

  async function tellMore(scope: MetadataScope): Promise<void> {
    cancel = undefined;
    const { refused } = await metadata.known(scope);
    if (disposed || told !== scopeKey(scope)) return;
    const objects = waiting.map(describedObject);
    waiting = [];
    tell({ tenant: scope.tenant, anew: false, objects, refused });
  }
}
