import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exists, momentText, quoted, readMoment, readRelativeDate, unescaped } from '../../server/src/zoql/literals';

/** Asserts how a date or datetime is read: its form, and the text that the documentation would write. */
function reads(text: string, expected: string): void {
  test(`${text} is ${expected}`, () => {
    const moment = readMoment(text);
    const words = moment && [
      moment.form,
      momentText(moment),
      moment.rest,
      ...(moment.otherDay ? ['or', moment.otherDay] : []),
    ];
    const drawn = words
      ? words.filter(word => word !== '').join(' ') + (exists(moment) ? '' : ', which does not exist')
      : 'none';
    assert.equal(drawn, expected);
  });
}

reads('2026-08-01', 'iso 2026-08-01');
reads('2008-09-12Z', 'iso 2008-09-12');
reads('2026-08-01T10:30', 'iso 2026-08-01T10:30:00+00:00');
reads('2026-08-01T10:30:00', 'iso 2026-08-01T10:30:00+00:00');
reads('2026-08-01T10:30:00.250-05:00', 'iso 2026-08-01T10:30:00.250-05:00');
reads('2026-08-01T10:30:00Z', 'iso 2026-08-01T10:30:00+00:00');
reads('2026-08-01 00:00:00', 'spaced 2026-08-01T00:00:00+00:00');
reads('2026-08-01 10:30', 'spaced 2026-08-01T10:30:00+00:00');
reads('2026-08-01  9:05:01.000000', 'spaced 2026-08-01T09:05:01+00:00');
reads('2026-08-01 00:00:00 UTC', 'spaced 2026-08-01T00:00:00+00:00');
reads('2026-08-01 00:00:00Z', 'spaced 2026-08-01T00:00:00+00:00');
reads('2026-08-01 00:00:00 +0530', 'spaced 2026-08-01T00:00:00+05:30');
reads('2026-08-01 00:00:00-8', 'spaced 2026-08-01T00:00:00-08:00');
reads('2026-08-01 03:15 PM', 'spaced 2026-08-01T15:15:00+00:00');
reads('2026-08-01 12:15 am', 'spaced 2026-08-01T00:15:00+00:00');
reads('2026-08-01 00:00:00 America/Los_Angeles', 'spaced 2026-08-01T00:00:00+00:00 America/Los_Angeles');
reads('2026-08-01T00:00:00+1000', 'loose 2026-08-01T00:00:00+10:00');
reads('2026-8-1', 'loose 2026-08-01');
reads('2026/08/01', 'loose 2026-08-01');
reads('20260801', 'loose 2026-08-01');
reads('01.08.2026', 'loose 2026-08-01');
reads('25/12/2026', 'loose 2026-12-25');
reads('12/25/2026', 'loose 2026-12-25');
reads('01/08/2026', 'loose 2026-08-01 or 2026-01-08');
reads('01/01/2026', 'loose 2026-01-01');
reads('2026/08/01 10:30', 'loose 2026-08-01T10:30:00+00:00');
reads('2026-02-29', 'iso 2026-02-29, which does not exist');
reads('2028-02-29', 'iso 2028-02-29');
reads('2026-13-01', 'iso 2026-13-01, which does not exist');
reads('2026-08-01T25:00:00', 'iso 2026-08-01T25:00:00+00:00, which does not exist');
reads('2026-08-01T00:00:00+99:00', 'iso 2026-08-01T00:00:00+99:00, which does not exist');
reads('2026-08', 'none');
reads('2026', 'none');
reads('2026-08-01 and more', 'none');
reads('Active', 'none');
reads('', 'none');

/** Asserts how a relative date is read: right, or what is meant. */
function relates(text: string, expected: string): void {
  test(`${text} is ${expected} as a relative date`, () => {
    const read = readRelativeDate(text);
    assert.equal(read ? (read.isRight ? 'right' : (read.meant ?? 'unclear')) : 'none', expected);
  });
}

relates('today', 'right');
relates('NOW - 1 day', 'right');
relates('today + 1 weeks', 'right');
relates('today - 30 days (-08:00)', 'right');
relates('today - 30 days (America/Los_Angeles)', 'right');
relates('today (Los Angeles)', 'right');
relates('yesterday', 'today - 1 day');
relates('Tomorrow', 'today + 1 day');
relates('now-1d', 'now - 1 day');
relates('now()', 'now');
relates('current_date', 'today');
relates('todya - 3 days', 'today - 3 days');
relates('today - 3 dayz', 'today - 3 days');
relates('today - 30days (-08:00)', 'today - 30 days (-08:00)');
relates('today - 1 hrs', 'today - 1 hour');
relates('today - 30', 'unclear');
relates('today - 3 m', 'unclear');
relates('yesterday - 1 day', 'unclear');
relates('constructor', 'none');
relates('Active', 'none');
relates('tod', 'none');

test('a string says what was quoted, in either dialect and either quote', () => {
  const text = fc.string({ unit: fc.constantFrom(...['a', "'", '"', '\\', '%', '\n', '\t', 'n']), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.constantFrom("'", '"'), fc.constantFrom('zoql', 'zoqlexport'), (value, quote, dialect) => {
      const literal = quoted(value, dialect, quote);
      assert.equal(unescaped(literal.slice(1, -1), quote, dialect), value);
    }),
  );
});
