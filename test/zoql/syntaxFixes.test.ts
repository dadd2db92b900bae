import { test } from 'node:test';
import { mends } from './mends';

test('a ) that closes nothing', () =>
  mends("select Id from Account where Name = 'a'|)", 'Remove this )', "select Id from Account where Name = 'a'"));
