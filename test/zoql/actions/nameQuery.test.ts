import { test } from 'node:test';
import { mends, proposes } from '../mends';

test('a query is named after its object, as the catalogue spells it', () =>
  mends('select |Id from account', 'Name this query Account', '-- @name Account\nselect Id from account'));

test('a name that another query has gets a number', () =>
  mends(
    '-- @name account\nselect Id from Account;\n\n  select |Name from Account;\n--@name Account 2\nselect Id from Account',
    'Name this query Account 3',
    '-- @name account\nselect Id from Account;\n\n  -- @name Account 3\n  select Name from Account;\n--@name Account 2\nselect Id from Account',
  ));

test('an empty @name gets its value', () =>
  mends('-- @name\nselect |Id from Order', 'Name this query Order', '-- @name Order\nselect Id from Order'));

test('a name that is there stays, and a query without an object has nothing to be named after', () => {
  const types = ['Declare as ZOQL', 'Declare as Export ZOQL'];
  proposes('-- @name x\nselect |from', types, { only: ['refactor'] });
  proposes('select |Id', types, { only: ['refactor'] });
});
