import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createDueTimes } from '../../client/src/jobs/dueTimes';
import { ageOf, delayMs, isMoving, soonestDelayMs, type Pace } from '../../client/src/jobs/schedule';

const minute = 60_000;

/** The seconds of a job's life at which it is polled in its first ten minutes. */
function schedule(next: (pace: Pace) => number, more: Partial<Pace> = {}): readonly number[] {
  const polls: number[] = [];
  for (let ageMs = 0; ;) {
    ageMs += next({ ageMs, moving: true, focused: true, ...more });
    if (10 * minute < ageMs) return polls;
    polls.push(Math.round(ageMs / 1000));
  }
}

suite('the schedule of a job', () => {
  for (const [name, polls, expected] of [
    [
      'before a person',
      schedule(pace => delayMs(pace, 0)),
      '2, 5, 10, 16, 26, 42, 64, 99, 150, 210, 270, 330, 390, 450, 510, 570',
    ],
    [
      'and as late as chance makes it',
      schedule(pace => delayMs(pace, 1)),
      '2, 6, 11, 19, 32, 51, 82, 129, 195, 261, 327, 393, 459, 525, 591',
    ],
    [
      'behind other windows',
      schedule(pace => delayMs(pace, 0), { focused: false }),
      '4, 12, 28, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600',
    ],
    [
      'before a person who comes back all the time',
      schedule(soonestDelayMs),
      '2, 4, 6, 10, 16, 23, 33, 47, 66, 93, 129, 174, 219, 264, 309, 354, 399, 444, 489, 534, 579',
    ],
    [
      'in a state that may never end',
      schedule(pace => delayMs(pace, 0), { moving: false }),
      '60, 120, 180, 240, 300, 360, 420, 480, 540, 600',
    ],
  ] as const) {
    test(name, () => assert.equal(polls.join(', '), expected));
  }

  test('after ten minutes has no two polls within a minute, whatever happens', () => {
    for (const focused of [true, false]) {
      for (const moving of [true, false]) {
        for (const chance of [0, 0.5, 1]) {
          const pace = { ageMs: 10 * minute, moving, focused };
          assert.ok(minute <= delayMs(pace, chance) && minute <= soonestDelayMs(pace));
        }
      }
    }
  });

  test('knows the states on the way to an end', () => {
    assert.deepEqual([undefined, 'submitted', 'pending', 'executing', '', 'hibernating', 'constructor'].map(isMoving), [
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('counts from the first answer, and believes no clock that cannot be right', () => {
    const created = 1_000_000_000;
    const age = (startedAt: number | undefined, now: number) => ageOf({ startedAt, createdAt: created }, now);
    assert.equal(age(created + 5_000, created + 65_000), minute);
    assert.equal(age(undefined, created + 5_000), 5_000);
    assert.equal(age(created, created - 2_000), 0, 'set back by a little');
    assert.equal(age(created, created - 60 * minute), 10 * minute, 'set back by an hour: old');
  });
});

test('what is due comes in its order, however it was put in', () => {
  const seed = Date.now() & 0xffff;
  console.log(`seed ${seed}`);
  let state = seed;
  const random = () => (state = (state * 48_271 + 11) % 2_147_483_647) % 1_000;
  const due = createDueTimes<number>();
  const kept: number[] = [];
  for (let count = 0; count < 5_000; count++) {
    if (count % 3 === 2) {
      const first = due.first();
      kept.sort((one, other) => one - other);
      assert.equal(first?.at, kept.shift(), `seed ${seed}`);
      assert.equal(first?.item, first?.at);
      due.removeFirst();
    } else {
      const at = random();
      due.add(at, at);
      kept.push(at);
    }
  }
});
