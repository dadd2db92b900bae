import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';

test('a type that is none, and one that is missing', () =>
  check(
    `-- @type sql
select Id from Account;
-- @type
select Id from Account`,
    `
    -- @type sql
             ^^^ unknown-type: The type is zoql or zoqlexport
    -- @type
       ^^^^^ unknown-type: The type is zoql or zoqlexport
    `,
  ));

test('a directive that is close to one that means something', () =>
  check(
    `-- @nmae x
-- @owner me
-- @Type zoql
select Id from Account`,
    `
    -- @nmae x
       ^^^^^ hint unknown-directive: There is no @nmae; perhaps @name is meant
    `,
  ));

test('the type becomes one', () =>
  mends(
    `-- @type s|ql
select Id from Account`,
    'Change to zoql',
    `-- @type zoql
select Id from Account`,
  ));

test('of the two only the one that fits is offered', () =>
  mends(
    `-- @type s|ql
select count(Id) from Account`,
    'Change to zoqlexport',
    `-- @type zoqlexport
select count(Id) from Account`,
  ));

test('what stands there tells which one is meant', () => {
  proposes('-- @type ex|port\nselect Id from Account', ['Change to zoql', '* Change to zoqlexport']);
  proposes('-- @type sq|l\nselect Id from Account', ['* Change to zoql', 'Change to zoqlexport']);
});

test('a colon goes, and a space stands for it', () =>
  mends(
    '-- @type: zoql|export\nselect Id from Account',
    'Change to zoqlexport',
    '-- @type zoqlexport\nselect Id from Account',
  ));

test('or is written', () =>
  mends(
    `-- @typ|e
select Id from Account`,
    'Insert zoql',
    `-- @type zoql
select Id from Account`,
  ));

test('the directive is spelled right', () =>
  mends(
    `-- @nma|e x
select Id from Account`,
    'Change to @name',
    `-- @name x
select Id from Account`,
  ));

test('a directive that stands twice', () =>
  check(
    `-- @name a
-- @type zoql
-- @name b
-- @type zoqlexport
select Id from Account`,
    `
    -- @type zoql
       ^^^^^ hint repeated-directive: The last @type of a query counts, not this one
    -- @name b
       ^^^^^ hint repeated-directive: The first @name of a query counts, not this one
    `,
  ));

test('the one that does not count goes', () => {
  mends('-- @name a\n-- @na|me b\nselect Id from Account', 'Remove it', '-- @name a\nselect Id from Account');
  mends(
    '-- @ty|pe zoql\n-- @type zoqlexport\nselect Id from Account',
    'Remove it',
    '-- @type zoqlexport\nselect Id from Account',
  );
});

test('two queries of a file with one name', () =>
  check(
    `-- @name a
select Id from Account;
-- @name b
select Id from Account;
-- @name a
select Id from Contact;
-- @name
select Id from Contact;
-- @name
select Id from Contact;`,
    `
    -- @name a
             ^ warning duplicate-name: Another query above is named a; every query of a job needs its own name
    `,
  ));
