import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';
import { typed } from './typed';

test('Export ZOQL drops the condition', () =>
  check(
    `select Id from Thing where Moment > '2026-08-01 00:00:00';
select Id from Thing where Day = '2026-08-01 10:30';
select Id from Thing where max(Moment) > '2026-08-01 10:30 PM';
select Id from Thing where Moment > '2026-08-01T00:00:00'`,
    `
    select Id from Thing where Moment > '2026-08-01 00:00:00';
                                        ^^^^^^^^^^^^^^^^^^^^^ datetime-with-space: Export ZOQL ignores a condition with this datetime and returns the whole table; write T for the space
    select Id from Thing where Day = '2026-08-01 10:30';
                                     ^^^^^^^^^^^^^^^^^^ datetime-with-space: Export ZOQL ignores a condition with this datetime and returns the whole table; write T for the space
    select Id from Thing where max(Moment) > '2026-08-01 10:30 PM';
                               ^^^^^^^^^^^ aggregate-place: max cannot stand in WHERE; it belongs into SELECT or HAVING
                                             ^^^^^^^^^^^^^^^^^^^^^ datetime-with-space: Export ZOQL ignores a condition with this datetime and returns the whole table; write T for the space
    `,
    'zoqlexport',
    typed,
  ));

test('ZOQL takes no space either', () =>
  check(
    `select Id from Thing where Moment > '2026-08-01 00:00:00.000 UTC';
select Id from Thing where Moment > 2026-08-01 00:00:00`,
    `
    select Id from Thing where Moment > '2026-08-01 00:00:00.000 UTC';
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ datetime-with-space: A datetime has T between date and time, not a space
    select Id from Thing where Moment > 2026-08-01 00:00:00
                                        ^^^^^^^^^^^^^^^^^^^ datetime-with-space: A datetime has T between date and time, not a space
                                                   ^^ unexpected-token: Expected AND or OR before 00
    `,
    'zoql',
    typed,
  ));

test('a field of unknown type is taken for a datetime, a text is not', () =>
  check(
    `select Id from Thing where Some__c > '2026-08-01 00:00:00';
select Id from Thing where Vague > '2026-08-01 00:00:00';
select Id from Thing where Name = '2026-08-01 00:00:00';
select Id from Thing where Some__c > '2026-08-01'`,
    `
    select Id from Thing where Some__c > '2026-08-01 00:00:00';
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
                                         ^^^^^^^^^^^^^^^^^^^^^ datetime-with-space: Export ZOQL ignores a condition with this datetime and returns the whole table; write T for the space
    select Id from Thing where Vague > '2026-08-01 00:00:00';
                                       ^^^^^^^^^^^^^^^^^^^^^ datetime-with-space: Export ZOQL ignores a condition with this datetime and returns the whole table; write T for the space
    select Id from Thing where Some__c > '2026-08-01'
                               ^^^^^^^ hint unchecked-field: Some__c is a custom field; whether Thing has it differs from tenant to tenant
    `,
    'zoqlexport',
    typed,
  ));

test('also in IN and BETWEEN', () =>
  check(
    `select Id from Thing where Moment in ('2026-08-01 00:00:00');
select Id from Thing where Moment between '2026-08-01 00:00:00' and '2026-08-02'`,
    `
    select Id from Thing where Moment in ('2026-08-01 00:00:00');
                                      ^^ warning in-and-between: Export ZOQL documents no IN: compare with = and join by OR
                                          ^^^^^^^^^^^^^^^^^^^^^ datetime-with-space: Export ZOQL ignores a condition with this datetime and returns the whole table; write T for the space
    select Id from Thing where Moment between '2026-08-01 00:00:00' and '2026-08-02'
                                      ^^^^^^^ warning in-and-between: Export ZOQL documents no BETWEEN: use >= and <=
                                              ^^^^^^^^^^^^^^^^^^^^^ datetime-with-space: Export ZOQL ignores a condition with this datetime and returns the whole table; write T for the space
    `,
    'zoqlexport',
    typed,
  ));

test('a string that is not closed is not judged', () =>
  check(
    `select Id from Thing where Moment > '2026-08-01 00:00:00`,
    `
    select Id from Thing where Moment > '2026-08-01 00:00:00
                                        ^^^^^^^^^^^^^^^^^^^^ unclosed-string: This text lacks its closing quote
    `,
    'zoqlexport',
    typed,
  ));

test('a datetime without an offset has two readings', () =>
  proposes(
    "select Id from Thing where Moment > '2026-08-01| 00:00:00'",
    ["* Change to '2026-08-01T00:00:00+00:00'", "Change to '2026-08-01T00:00:00', in the time zone of the tenant"],
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('T and an offset', () =>
  mends(
    "select Id from Thing where Moment > '2026-08-01| 00:00:00'",
    "Change to '2026-08-01T00:00:00+00:00'",
    "select Id from Thing where Moment > '2026-08-01T00:00:00+00:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('T, and the offset that the tenant has', () =>
  mends(
    "select Id from Thing where Moment > '2026-08-01| 00:00:00'",
    "Change to '2026-08-01T00:00:00', in the time zone of the tenant",
    "select Id from Thing where Moment > '2026-08-01T00:00:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('without seconds', () =>
  mends(
    "select Id from Thing where Moment > '2026-08-01| 10:30'",
    "Change to '2026-08-01T10:30:00+00:00'",
    "select Id from Thing where Moment > '2026-08-01T10:30:00+00:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('a given offset stays', () =>
  mends(
    "select Id from Thing where Moment > '2026-08-01| 10:30:00 -0800'",
    "Change to '2026-08-01T10:30:00-08:00'",
    "select Id from Thing where Moment > '2026-08-01T10:30:00-08:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('a given fraction stays', () =>
  mends(
    "select Id from Thing where Moment > '2026-08-01| 10:30:00.250Z'",
    "Change to '2026-08-01T10:30:00.250+00:00'",
    "select Id from Thing where Moment > '2026-08-01T10:30:00.250+00:00'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('double quotes stay', () =>
  mends(
    'select Id from Thing where Moment > "2026-08-01| 10:30:00 UTC"',
    'Change to "2026-08-01T10:30:00+00:00"',
    'select Id from Thing where Moment > "2026-08-01T10:30:00+00:00"',
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('without quotes', () =>
  mends(
    "select Id from Thing where Moment > 2026-08-01| 10:30:00 and Name = 'a'",
    "Change to '2026-08-01T10:30:00+00:00'",
    "select Id from Thing where Moment > '2026-08-01T10:30:00+00:00' and Name = 'a'",
    { catalogue: typed, queryType: 'zoqlexport' },
  ));

test('midnight of a day, in ZOQL', () =>
  mends(
    "select Id from Thing where Day = '2026-08-01| 00:00:00'",
    "Change to '2026-08-01'",
    "select Id from Thing where Day = '2026-08-01'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a time of a day, in ZOQL', () =>
  mends(
    "select Id from Thing where Day = '2026-08-01| 10:30:00'",
    "Change to '2026-08-01', without the time",
    "select Id from Thing where Day = '2026-08-01'",
    { catalogue: typed, queryType: 'zoql' },
  ));

test('a zone by its name is for the person to mend', () =>
  proposes("select Id from Thing where Moment > '2026-08-01| 10:30:00 PST'", [], {
    catalogue: typed,
    queryType: 'zoqlexport',
  }));

test('in Export ZOQL, midnight at a date is the day', () => {
  const options = { catalogue: typed, queryType: 'zoqlexport' } as const;
  mends(
    "select Id from Thing where Day >= '2026-08-01| 00:00:00'",
    "Change to '2026-08-01'",
    "select Id from Thing where Day >= '2026-08-01'",
    options,
  );
  mends(
    "select Id from Thing where Day >= '2026-08-01| 10:30'",
    "Change to '2026-08-01T10:30:00+00:00'",
    "select Id from Thing where Day >= '2026-08-01T10:30:00+00:00'",
    options,
  );
});
