import { test } from 'node:test';
import { mends, proposes } from '../mends';
import { check } from '../problems';

test('names in quotes, as SQL has them', () =>
  check(
    `select "Id", 'Name', 5 from Account where 'Name' = 'a' and Name = 'b' order by "Name"`,
    `
    select "Id", 'Name', 5 from Account where 'Name' = 'a' and Name = 'b' order by "Name"
           ^^^^ warning value-as-field: A field is to stand here, without quotes
                 ^^^^^^ warning value-as-field: A field is to stand here, without quotes
                         ^ warning value-as-field: A field is to stand here, not a value
                                              ^^^^^^ warning value-as-field: A field is to stand here, without quotes
                                                                                   ^^^^^^ warning value-as-field: A field is to stand here, without quotes
    `,
  ));

test('numbers of columns', () =>
  check(
    'select Status, count(Id) from Account group by 1, Status order by 2',
    `
    select Status, count(Id) from Account group by 1, Status order by 2
                                                   ^ warning value-as-field: A field is to stand here, not a value
                                                                      ^ warning value-as-field: A field is to stand here, not a value
    `,
  ));

test('a condition that is always or never true is no field', () => {
  check('select Id from Account where 1 = 0', '');
  check("select Id from Account where 'Active' = Status", '', 'zoqlexport');
});

test('the quotes go where a name is in them', () => {
  mends('select Id, "Na|me" from Account', 'Change to Name', 'select Id, Name from Account');
  mends("select Id from Account where 'Na|me' = 'a'", 'Change to Name', "select Id from Account where Name = 'a'");
  proposes("select Id, 'Na|me of it' from Account", []);
  proposes("select Id, 'Bo|gus' from Account", []);
});

test('the number of a column becomes the column', () => {
  mends('select Id, Name from Account order by |2', 'Change to Name', 'select Id, Name from Account order by Name');
  proposes('select Id, Name from Account order by |3', []);
  proposes('select |1 from Account', []);
});
