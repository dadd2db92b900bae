import type { Analysis } from '../analysis';
import type { Catalogue } from '../catalogue';
import type { TextEdit } from '../edits';
import type { Parsed } from '../syntax/parser';
import type { Span } from '../syntax/tree';
import type { Uses } from '../uses';

/** What a rewrite sees. All offsets count from the start of the statement's text. */
export interface ActionScope {
  readonly analysis: Analysis;
  /** The statement's tree, to which the nodes of `uses` belong. */
  readonly parsed: Parsed;
  readonly catalogue: Catalogue;
  readonly uses: Uses;
  /** What is selected, cut at the statement's borders; an empty span is a cursor. */
  readonly selection: Span;
  /** The names that `-- @name` gives in the file, in lower case. */
  readonly names: () => ReadonlySet<string>;
  /** Whether the statement, were it changed so, would read without a new error or warning in its dialect. */
  readonly isSound: (edits: readonly TextEdit[]) => boolean;
}

/** A change that a person can ask for where nothing is wrong. Line breaks in its edits are `\n`, whatever the file has. */
export interface Rewrite {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** LSP's words for what a rewrite is for. Those of `source` are offered only when an editor asks for them by name. */
export type RewriteKind = 'refactor.rewrite' | 'source.organizeFields';

/** Offers rewrites where they change something and the result means what the statement meant. */
export type Action = (scope: ActionScope) => readonly Rewrite[];
