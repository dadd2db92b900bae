import type { Analysis } from '../analysis';
import type { Catalogue } from '../catalogue';
import type { TextEdit } from '../edits';
import type { Span } from '../syntax/tree';

/** What a rewrite sees. All offsets count from the start of the statement's text. */
export interface ActionScope {
  readonly analysis: Analysis;
  readonly catalogue: Catalogue;
  /** What is selected; an empty span is a cursor. */
  readonly selection: Span;
}

/** A change that a person can ask for where nothing is wrong. */
export interface Rewrite {
  readonly title: string;
  readonly kind: 'refactor.rewrite' | 'source.organizeFields';
  readonly edits: readonly TextEdit[];
}

/** Offers rewrites where they change something and the result means what the statement meant. */
export type Action = (scope: ActionScope) => readonly Rewrite[];
