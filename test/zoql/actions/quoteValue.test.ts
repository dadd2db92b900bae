import { test } from 'node:test';
import { mends, withholds } from '../mends';

test('quotes around a number are optional in Export ZOQL', () => {
  mends(
    'select * from Account where Balance > 1|0.5',
    'Put 10.5 in quotes',
    "select * from Account where Balance > '10.5'",
  );
  mends(
    "select * from Account where Balance > '-|1'",
    'Take -1 out of its quotes',
    'select * from Account where Balance > -1',
  );
  withholds('select Id from Account where Balance > 1|0', 'Put');
});

test('dates stand in quotes or without in ZOQL', () => {
  mends(
    'select Id from Account where CreatedDate > 2026-01-01T10:00:00|',
    'Put 2026-01-01T10:00:00 in quotes',
    "select Id from Account where CreatedDate > '2026-01-01T10:00:00'",
  );
  mends(
    "select Id from Account where CreatedDate > '|2026-01-01T10:00:00'",
    'Take 2026-01-01T10:00:00 out of its quotes',
    'select Id from Account where CreatedDate > 2026-01-01T10:00:00',
  );
  withholds("select * from Account where CreatedDate > '|2026-01-01T10:00:00'", 'Take');
});

test('what would say something else keeps its quotes', () => {
  withholds("select Id from Account where Name = '1|'", 'Take');
  withholds("select Id from Account where Balance = 'ten|'", 'Take');
  withholds("select Id from Account where Any__c = '1|'", 'Take');
  withholds("select Id from Account where Balance = '1|", 'Take');
  withholds('select Id from Account where Balance = null|', 'Put');
});
