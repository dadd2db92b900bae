/** All rewrites. A new one is a file beside this one and a line here. */
import type { Action, RewriteKind } from './action';
import { convertDialect } from './convertDialect';
import { declareType } from './declareType';
import { expandFields } from './expandFields';
import { nameQuery } from './nameQuery';
import { objectPrefix } from './objectPrefix';
import { organizeFields, tidyFields } from './organizeFields';
import { parentheses } from './parentheses';
import { quoteValue } from './quoteValue';

export const actions: Readonly<Record<RewriteKind, readonly Action[]>> = {
  'refactor.rewrite': [
    convertDialect,
    declareType,
    expandFields,
    nameQuery,
    objectPrefix,
    parentheses,
    quoteValue,
    tidyFields,
  ],
  'source.organizeFields': [organizeFields],
};
