/** All rewrites. A new one is a file beside this one and a line here. */
import type { Action } from './action';
import { convertDialect } from './convertDialect';
import { declareType } from './declareType';
import { expandFields } from './expandFields';
import { nameQuery } from './nameQuery';
import { objectPrefix } from './objectPrefix';
import { organizeFields } from './organizeFields';
import { parentheses } from './parentheses';
import { quoteValue } from './quoteValue';

export const actions: readonly Action[] = [
  convertDialect,
  declareType,
  expandFields,
  nameQuery,
  objectPrefix,
  organizeFields,
  parentheses,
  quoteValue,
];
