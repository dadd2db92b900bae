import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';

test('HAVING alone', () =>
  check(
    `select Name from Account having Name = 'a';
select count(Id) from Account having count(Id) > 1`,
    `
    select Name from Account having Name = 'a';
                             ^^^^^^ warning having-without-group-by: HAVING stands behind a GROUP BY; for rows it is WHERE
    select count(Id) from Account having count(Id) > 1
                                  ^^^^^^ warning having-without-group-by: HAVING stands behind a GROUP BY
    `,
    'zoqlexport',
  ));

test('rows are asked for in WHERE', () =>
  mends("select Name from Account hav|ing Name = 'a'", 'Change to WHERE', "select Name from Account where Name = 'a'"));

test('and joined to what is there', () =>
  mends(
    "select Name from Account where Status = 'Draft' hav|ing Name = 'a'",
    'Change to AND',
    "select Name from Account where Status = 'Draft' and Name = 'a'",
  ));

test('OR would take the condition in, so it can only go', () =>
  mends(
    "select Name from Account where Status = 'Draft' or Balance > 0 hav|ing Name = 'a'",
    'Remove HAVING',
    "select Name from Account where Status = 'Draft' or Balance > 0",
  ));
