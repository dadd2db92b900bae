import { test } from 'node:test';
import { mends } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('<> is !=', () =>
  check(
    `select Id from Thing where Name <> 'a'`,
    `
    select Id from Thing where Name <> 'a'
                                    ^^ not-equal-sign: Not equal is written !=
    `,
    'zoql',
    typed,
  ));

test('the sign', () =>
  mends('select Id from Thing where Name <|> null', 'Change to !=', 'select Id from Thing where Name != null', {
    catalogue: typed,
    queryType: 'zoqlexport',
  }));
