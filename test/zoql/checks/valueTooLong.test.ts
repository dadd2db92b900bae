import { test } from 'node:test';
import { check } from '../problems';
import { typed } from './typed';

test('longer than the field', () =>
  check(
    `select Id from Thing where Name = 'a text of which no record can be';
select Id from Thing where Id = '2c92c0f95be68649015bf14e001f2760x';
select Id from Thing where Name = 'it\\'s fit\\'s fit\\'s fit\\'s';
select Id from Thing where Name like 'a text of which no record can be';
select Id from Thing where Name = 'a text that fits in well';
select Id from Thing where Vague = 'a text of which no record can be'`,
    `
    select Id from Thing where Name = 'a text of which no record can be';
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information value-too-long: Name holds 24 characters; this is 32 long
    select Id from Thing where Id = '2c92c0f95be68649015bf14e001f2760x';
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information value-too-long: Id holds 32 characters; this is 33 long
    select Id from Thing where Name like 'a text of which no record can be';
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint like-without-wildcard: Without % or _, LIKE looks for the whole text, as = does
    `,
    'zoql',
    typed,
  ));
