/** Checks and runs queries against the generated data. */
import type { Catalogue, Dialect } from '../../../server/src/zoql/index';
import type { DeletedColumn } from '../aqua.schema';
import type { Clock } from '../clock';
import type { Row } from '../dataset/rows';
import { createDatabase } from './database';
import type { Refusal } from './refusal';
import { objectNameOf, translate, type TranslateOptions } from './translate';

export interface QueryEngine {
  /** Why Zuora refuses the query when it is submitted; undefined when it takes it. */
  check(text: string, dialect: Dialect, options: { readonly deleted: boolean }): Refusal | undefined;
  /** Runs a query that was checked. It can still fail; the message is then the batch's. */
  run(text: string, dialect: Dialect, options: RunOptions): Promise<QueryRun>;
  /** The object after FROM, as it is written. */
  objectOf(text: string): string | undefined;
  close(): void;
}

export interface RunOptions {
  readonly header: 'names' | 'labels';
  readonly dateTimes: TranslateOptions['dateTimes'];
  readonly changedSince: number | undefined;
  readonly deleted: DeletedColumn | undefined;
}

export interface QueryTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export type QueryRun =
  { readonly ok: true; readonly table: QueryTable } | { readonly ok: false; readonly message: string };

export function createEngine(
  tenant: Catalogue,
  load: () => ReadonlyMap<string, readonly Row[]>,
  clock: Clock,
): QueryEngine {
  const database = createDatabase(load);
  const plain = { dateTimes: 'tenant', changedSince: undefined } as const;
  return {
    check(text, dialect, { deleted }) {
      const marked = deleted ? {} : undefined;
      const translated = translate(text, tenant, { ...plain, dialect, now: clock.now(), deleted: marked });
      return translated.ok ? undefined : translated.refusal;
    },
    async run(text, dialect, { header, ...options }) {
      const translated = translate(text, tenant, { ...options, dialect, now: clock.now() });
      // What was fine at submit is fine now, since neither catalogue nor rules change.
      if (!translated.ok) throw new Error(`A checked query is refused: ${translated.refusal.error}`);
      const { sql, values, names, labels, objects } = translated.value;
      // An object that Zuora lists but exports no field of; the text is the one seen on a tenant.
      if (names.length === 0) return { ok: false, message: 'java.lang.RuntimeException: You must specify a select.' };

      await database.prepare(objects);
      try {
        const rows = await database.rows(sql, values);
        return { ok: true, table: { header: header === 'names' ? names : labels, rows } };
      } catch (error) {
        // The data decides, e.g. when a text is compared with an amount.
        return {
          ok: false,
          message: `java.lang.RuntimeException: ${error instanceof Error ? error.message : String(error)}`,
        };
      }
    },
    objectOf: objectNameOf,
    close: () => database.close(),
  };
}
