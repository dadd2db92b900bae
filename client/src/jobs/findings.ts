// What a submit's preflight says of the request and of each query, and what a person can do about it. Plain data.
import type { TextEdit } from '../../../server/src/zoql/index';
import type { RequestSetting } from './settings';

/**
 * - `blocks`: a documented limit or rule of the request is broken; nothing goes out until it is mended.
 * - `unticks`: the query has an error as far as we can tell; it goes out only after Submit Anyway.
 * - `warns`: it can go out, and is likely not what is meant.
 * - `notes`: worth knowing, such as what makes a stateful query a full load again.
 */
export type FindingWeight = 'blocks' | 'unticks' | 'warns' | 'notes';

export interface Finding {
  /** Names the rule, e.g. `too-many-queries`; for a query's own errors the code of the problem. */
  readonly code: string;
  readonly weight: FindingWeight;
  /** One or two whole sentences. */
  readonly message: string;
  /** The name of the query that it is about; undefined where it is about the request. */
  readonly query: string | undefined;
  /** The setting that it is about, where it is about one. */
  readonly setting?: RequestSetting;
  /** The best one first; never empty for what blocks, but for `no-query`, which a tick mends. */
  readonly fixes: readonly FindingFix[];
}

/** Something that makes a finding go away. `title` is an imperative, as a person reads it on a row or a button. */
export type FindingFix = { readonly title: string } & (
  | {
      readonly kind: 'set-setting';
      readonly setting: RequestSetting;
      /** undefined: not set */ readonly value: unknown;
    }
  | { readonly kind: 'open-setting'; readonly setting: RequestSetting }
  /** Edits of one file; offsets are UTF-16 code units in its text as it was planned. */
  | { readonly kind: 'edit'; readonly uri: string; readonly edits: readonly TextEdit[] }
  /** Opens the file at an offset. */
  | { readonly kind: 'open'; readonly uri: string; readonly offset: number }
  /** Takes the tick from these queries, by name. */
  | { readonly kind: 'untick'; readonly queries: readonly string[] }
  /** Sends the queries as several jobs of at most 50, as one group. */
  | { readonly kind: 'split' }
);
