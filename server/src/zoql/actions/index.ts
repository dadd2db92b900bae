/** All rewrites. A new one is a file beside this one and a line here. */
import type { Action } from './action';
import { convertDialect } from './convertDialect';
import { declareType } from './declareType';
import { expandFields } from './expandFields';
import { nameQuery } from './nameQuery';
import { organizeFields } from './organizeFields';
import { parentheses } from './parentheses';

export const actions: readonly Action[] = [
  convertDialect,
  declareType,
  expandFields,
  nameQuery,
  organizeFields,
  parentheses,
];
