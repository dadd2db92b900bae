import { test } from 'node:test';
import { mends, proposes } from '../mends';

const refactor = { only: ['refactor.rewrite'] };

test('the type that a query has anyway is proposed first, and none that refuses it', () => {
  proposes('-- @name a\nselect Id| from Nothing', ['Declare as ZOQL', 'Declare as Export ZOQL'], refactor);
  proposes('-- @name a\nselect * from |Nothing', ['Declare as Export ZOQL'], refactor);
});

test('it stands above the query, below its other comments', () =>
  mends(
    '-- @name all\nselect |Id from Account',
    'Declare as ZOQL',
    '-- @name all\n-- @type zoql\nselect Id from Account',
  ));

test('behind another query on the same line it still belongs to the second', () =>
  mends(
    'select Id from Account; select |Id from Contact',
    'Declare as ZOQL',
    'select Id from Account; -- @type zoql\nselect Id from Contact',
  ));

test('a type that is there changes, and is not declared twice', () => {
  proposes('-- @name a\n-- @type zoql\nselect |Id from Nothing', ['Declare as Export ZOQL'], refactor);
  mends(
    '-- @type ZOQL because\nselect |Id from Nothing',
    'Declare as Export ZOQL',
    '-- @type zoqlexport\nselect Id from Nothing',
  );
});

test('a file with CRLF keeps it', () =>
  mends('select Id\r\nfrom |Account', 'Declare as ZOQL', '-- @type zoql\r\nselect Id\r\nfrom Account'));
