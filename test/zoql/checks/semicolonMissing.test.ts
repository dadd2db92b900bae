import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('a SELECT on a new line', () =>
  check(
    `select Id from Account
select Id from Contact`,
    `
    select Id from Account
                         ^ semicolon-missing: Expected ; before the next SELECT
    `,
  ));

test('the ; comes before the comment', () =>
  mends(
    `select Id from Accoun|t -- all

select Id from Contact`,
    'Insert ;',
    `select Id from Account; -- all

select Id from Contact`,
  ));
