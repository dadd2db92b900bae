import { test } from 'node:test';
import { mends, withholds } from '../mends';

const sort = 'Sort the fields';
const once = 'Remove repeated fields';
const both = 'Sort the fields, each once';
const organize = { only: ['source.organizeFields'] };

test('fields are sorted by their letters, * first', () => {
  mends('select| Name, Id , balance from Account', sort, 'select balance, Id , Name from Account');
  mends(
    'select| Name as "A", count(Id), *, BillToContact.Id from Account',
    sort,
    'select *, BillToContact.Id, count(Id), Name as "A" from Account',
  );
});

test('a list that is sorted, or that cannot be read, is not', () => {
  withholds('select| Balance, Id, Name from Account', sort);
  withholds('select| Name, Id, from Account', sort);
  withholds('select Name, Id from |Account', sort);
});

test('a field that stands there already goes, however it is written', () => {
  mends('select| Name, Mrr, account.NAME, MRR from Account', once, 'select Name, Mrr from Account');
  mends('select| Name, Name, Id from Account', once, 'select Name, Id from Account');
  mends('select| max(Mrr), MAX( Mrr ) from Account', once, 'select max(Mrr) from Account');
  withholds('select| Name, Name as "N", Account.Mrr from Account', once);
});

test('the layout of the list stays', () => {
  mends('select|\r\n  Name,\r\n  Id,\r\n  Name\r\nfrom Account', once, 'select\r\n  Name,\r\n  Id\r\nfrom Account');
  mends(
    'select|\n  Name\n  , Id\n  , Name\n  , Balance\nfrom Account',
    once,
    'select\n  Name\n  , Id\n  , Balance\nfrom Account',
  );
  mends(
    'select|\n  Name\n  , Id\n  , Balance\nfrom Account',
    sort,
    'select\n  Balance\n  , Id\n  , Name\nfrom Account',
  );
});

test('comments stay with their fields', () => {
  mends(
    'select| -- what\n  Name, -- full\n  -- the key\n  Id,\n  /* money */ Balance /* due */ -- in euro\n  -- end\nfrom Account',
    sort,
    'select -- what\n  /* money */ Balance, /* due */ -- in euro\n  -- the key\n  Id,\n  Name -- full\n  -- end\nfrom Account',
  );
  mends(
    'select|\n  Name, -- full\n  Id, -- key\n  Name\nfrom Account',
    once,
    'select\n  Name, -- full\n  Id -- key\nfrom Account',
  );
});

test('where a comment would be lost or change its place, nothing is offered', () => {
  withholds('select| Name, Id /* key */ from Account', sort);
  withholds('select|\n  Name, -- full\n  Id, Balance\nfrom Account', sort);
  withholds('select|\n  Name -- full\n  , Id\nfrom Account', sort);
  withholds('select| Name, Id, Name /* again */ from Account', once);
});

test('both at once is asked for by its kind', () => {
  mends('select Name, Id, Name|, Balance, Id from Account', both, 'select Balance, Id, Name from Account', organize);
  mends(
    'select\n  Name, -- full\n  Id, -- key\n  Balance, -- due\n  id\nfrom Account|',
    both,
    'select\n  Balance, -- due\n  Id, -- key\n  Name -- full\nfrom Account',
    organize,
  );
  mends('select Balance, Id, Id|, Name from Account', both, 'select Balance, Id, Name from Account', organize);
  withholds('select Name, Id|, Name from Account', both);
});
