import { test } from 'node:test';
import { check } from '../problems';
import { typed } from './typed';

test('a date function in WHERE', () =>
  check(
    `select Id from Thing where year(Moment) = 2017 and Count = 5;
select Id from Thing where date(Moment) = date(Day);
select year(Moment), count(Id) from Thing group by year(Moment) having year(Moment) > 2017`,
    `
    select Id from Thing where year(Moment) = 2017 and Count = 5;
                               ^^^^ hint function-in-where: The documentation allows no YEAR in WHERE; it is seen in use
    select Id from Thing where date(Moment) = date(Day);
                               ^^^^ hint function-in-where: The documentation allows no DATE in WHERE; it is seen in use
                                              ^^^^ hint function-in-where: The documentation allows no DATE in WHERE; it is seen in use
    `,
    'zoqlexport',
    typed,
  ));
