import { test } from 'node:test';
import { check } from '../problems';

test('the sixth field is one more than the documentation allows', () =>
  check(
    'select count(Id) from Account group by Id, Name, AutoPay, Balance, CreatedDate, Mrr, Status',
    `
    select count(Id) from Account group by Id, Name, AutoPay, Balance, CreatedDate, Mrr, Status
                                                                                    ^^^ information group-by-limit: By the documentation GROUP BY takes 5 fields; longer ones are seen in use
    `,
  ));
