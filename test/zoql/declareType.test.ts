import { test } from 'node:test';
import { mends, proposes } from './mends';

test('the type that a query has anyway is proposed first', () =>
  proposes('select |* from Account', ['Declare as Export ZOQL', 'Declare as ZOQL']));

test('it stands above the query, below its other comments', () =>
  mends(
    '-- @name all\nselect |Id from Account',
    'Declare as ZOQL',
    '-- @name all\n-- @type zoql\nselect Id from Account',
  ));

test('a type that is there is not declared twice', () => proposes('-- @type zoql\nselect |Id from Account', []));
