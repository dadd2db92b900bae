import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { clockText, dataCenterText, instantOf, previewTime, readTime } from '../../client/src/jobs/dataCenterTime';
import { euOrigin, usOrigin } from './findingParts';

const berlin = 'Europe/Berlin';
const now = Date.parse('2026-11-27T08:15:30.500Z');

suite('a time that a person writes', () => {
  test('is meant in their own zone, unless it says its offset', () => {
    reads('2026-11-27 09:00', '2026-11-27T08:00:00Z');
    reads(' 2026-11-27 09:00:07 ', '2026-11-27T08:00:07Z');
    reads('2026-11-27T09:00', '2026-11-27T08:00:00Z');
    reads('2026-11-27 9:00', '2026-11-27T08:00:00Z');
    reads('2026-11-27', '2026-11-26T23:00:00Z');
    reads('2026-07-01 09:00', '2026-07-01T07:00:00Z');
    reads('2026-11-27T09:00:00Z', '2026-11-27T09:00:00Z');
    reads('2026-11-27 09:00 +05:30', '2026-11-27T03:30:00Z');
    reads('2026-11-27 09:00-0800', '2026-11-27T17:00:00Z');
    reads('2024-02-29 00:00', '2024-02-28T23:00:00Z');
  });

  test('can be a day in words, counted on the own calendar', () => {
    reads('now', '2026-11-27T08:15:30Z');
    reads('today', '2026-11-26T23:00:00Z');
    reads('Yesterday 09:00', '2026-11-26T08:00:00Z');
    // In Auckland it is the 27th at 21:15.
    reads('today 07:00', '2026-11-26T18:00:00Z', 'Pacific/Auckland');
    reads('yesterday', '2026-11-26T08:00:00Z', 'America/Los_Angeles');
  });

  test('is refused where it says nothing, or the calendar has it not', () => {
    for (const text of ['tomorrow', '27.11.2026', '2026-11-27 09', '2026-11-27 09:00 CET', '09:00', 'now 09:00']) {
      reads(text, 'Write it as 2026-11-27 09:00, or as "yesterday 09:00".');
    }
    reads('2026-02-29 09:00', 'The calendar has no 2026-02-29 09:00:00.');
    reads('2026-11-27 24:00', 'The calendar has no 2026-11-27 24:00:00.');
    reads('2026-11-27 09:61', 'The calendar has no 2026-11-27 09:61:00.');
  });

  test('is the earlier moment where clocks are changed', () => {
    // 2026-03-29: 02:00 becomes 03:00. 2026-10-25: 03:00 becomes 02:00.
    reads('2026-03-29 01:59:59', '2026-03-29T00:59:59Z');
    reads('2026-03-29 02:30', '2026-03-29T00:30:00Z skipped');
    reads('2026-03-29 03:00', '2026-03-29T01:00:00Z');
    reads('2026-10-25 01:59:59', '2026-10-24T23:59:59Z');
    reads('2026-10-25 02:30', '2026-10-25T00:30:00Z repeated');
    reads('2026-10-25 03:00', '2026-10-25T02:00:00Z');
    // Half an hour on Lord Howe Island, where 2026-04-05 02:00 becomes 01:30.
    reads('2026-04-05 01:45', '2026-04-04T14:45:00Z repeated', 'Australia/Lord_Howe');
    // Samoa had no 2011-12-30.
    reads('2011-12-30 12:00', '2011-12-29T22:00:00Z skipped', 'Pacific/Apia');
  });

  function reads(text: string, expected: string, zone = berlin): void {
    const reading = readTime(text, { zone, now });
    const change = reading.ok && reading.clockChange ? ` ${reading.clockChange}` : '';
    assert.equal(reading.ok ? `${iso(reading.instant)}${change}` : reading.reason, expected, text);
  }
});

suite('a time as a data center reads it', () => {
  test('is Pacific time in the US and UTC elsewhere', () => {
    const at = Date.parse('2026-11-27T00:00:00Z');
    const texts = [usOrigin, euOrigin, 'https://rest.ap.zuora.com', 'http://127.0.0.1:8080'].map(origin =>
      dataCenterText(at, origin),
    );
    assert.deepEqual(texts, [
      '2026-11-26 16:00:00',
      '2026-11-27 00:00:00',
      '2026-11-27 00:00:00',
      '2026-11-27 00:00:00',
    ]);
    assert.equal(dataCenterText(Date.parse('2026-07-01T00:00:00Z'), usOrigin), '2026-06-30 17:00:00');
    // The example of Zuora's page on retrieval time: the request's text, and the answer's milliseconds.
    assert.equal(instantOf('2015-01-21 10:30:01', usOrigin), 1_421_865_001_000);
  });

  test('comes back as the moment that it was, or the earlier one of an hour that comes twice', () => {
    const zones = ['Europe/Berlin', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
    const from = Date.parse('2000-01-01T00:00:00Z') / 1000;
    const until = Date.parse('2040-01-01T00:00:00Z') / 1000;
    const hour = 3600;
    const changes = fc
      .constantFrom('2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-03-08T10:00:00Z', '2026-11-01T09:00:00Z')
      .chain(change => fc.integer({ min: -3 * hour, max: 3 * hour }).map(by => Date.parse(change) / 1000 + by));
    const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
    console.log(`seed ${seed}`);
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: from, max: until }), changes),
        fc.constantFrom(...zones),
        (seconds, zone) => {
          const instant = seconds * 1000;
          const text = clockText(instant, zone);
          const reading = readTime(text, { zone, now });
          assert.ok(reading.ok && reading.clockChange !== 'skipped', text);
          assert.equal(clockText(reading.instant, zone), text);
          if (reading.clockChange === 'repeated') assert.ok(reading.instant <= instant, text);
          else assert.equal(reading.instant, instant, text);
          for (const origin of [usOrigin, euOrigin]) {
            const read = instantOf(dataCenterText(instant, origin), origin);
            assert.ok(read !== undefined && read <= instant && instant - read <= hour * 1000);
          }
        },
      ),
      { seed, numRuns: 2_000 },
    );
  });
});

suite('what the input box says below what is typed', () => {
  const preview = (text: string, origin = usOrigin) => {
    const { message, severity, value } = previewTime(text, { zone: berlin, now, origin });
    return `${severity} ${JSON.stringify(value)}: ${message}`;
  };

  test('how Zuora will read it', () => {
    assert.equal(
      preview('2026-11-27 01:00'),
      'information "2026-11-26 16:00:00": = 2026-11-26 16:00:00 Pacific time, as Zuora will read it.',
    );
    assert.equal(
      preview('2026-11-27 01:00', euOrigin),
      'information "2026-11-27 00:00:00": = 2026-11-27 00:00:00 UTC, as Zuora will read it.',
    );
    assert.equal(preview(''), 'information "": Empty: the changes since the last job.');
    assert.equal(preview('soon'), 'error undefined: Write it as 2026-11-27 09:00, or as "yesterday 09:00".');
  });

  test('what may not be meant', () => {
    assert.equal(
      preview('2026-11-27 01:00', 'https://rest.ap.zuora.com'),
      'warning "2026-11-27 00:00:00": = 2026-11-27 00:00:00 UTC, as Zuora is taken to read it. Zuora documents no time zone for this address.',
    );
    assert.equal(
      preview('2026-11-28 01:00', euOrigin),
      'warning "2026-11-28 00:00:00": = 2026-11-28 00:00:00 UTC, as Zuora will read it. It is in the future: no row has changed since.',
    );
    assert.equal(
      preview('2026-03-29 02:30', euOrigin),
      'warning "2026-03-29 00:30:00": = 2026-03-29 00:30:00 UTC, as Zuora will read it. This hour is left out in Europe/Berlin that day; the earlier moment is taken.',
    );
    assert.equal(
      preview('2026-10-25 02:30', euOrigin),
      'warning "2026-10-25 00:30:00": = 2026-10-25 00:30:00 UTC, as Zuora will read it. This hour comes twice in Europe/Berlin that day; the earlier moment is taken.',
    );
    assert.equal(
      preview('2026-11-01T09:30Z'),
      'warning "2026-11-01 01:30:00": = 2026-11-01 01:30:00 Pacific time, as Zuora will read it. On Zuora\'s clock this hour comes twice; it may read the other one.',
    );
  });
});

function iso(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
