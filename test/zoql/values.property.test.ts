/** What holds for the fixes of the checks of values, whatever stands beside whatever field in either dialect. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../../server/src/zoql/checks/check';
import { applyEdits, findingsOf, openDocument, type Dialect } from '../../server/src/zoql/index';
import { typed } from './checks/typed';

const runs = Number(process.env['ZOQL_RUNS'] ?? 2_000);

const anyDialect = fc.constantFrom<Dialect>('zoql', 'zoqlexport');
const two = (most: number) => fc.nat(most).map(pad);
const anyDay = fc
  .tuple(fc.constantFrom('-', '/', '.'), two(13), two(32))
  .map(parts => `2026${parts[0]}${parts[1]}${parts[0]}${parts[2]}`);
const anyTime = fc
  .tuple(
    fc.constantFrom('T', ' ', '  '),
    two(25),
    fc.constantFrom('', ':00', ':59.250'),
    fc.constantFrom('', 'Z', ' UTC', '+1000', '-08:00', ' PST'),
  )
  .map(([separator, hour, rest, zone]) => `${separator}${hour}:30${rest}${zone}`);
const anyMoment = fc.oneof(
  anyDay,
  fc.tuple(anyDay, anyTime).map(parts => parts.join('')),
);
const anyRelative = fc
  .tuple(
    fc.constantFrom('now', 'today', 'Today', 'yesterday', 'todya'),
    fc.constantFrom('', ' - 3', '-3', ' + 1'),
    fc.constantFrom('', 'd', ' day', ' dayz', ' months', ' m'),
    fc.constantFrom('', ' (-08:00)', '(Los Angeles)'),
  )
  .map(parts => parts.join(''));
const anyWords = fc.constantFrom(
  'Active',
  'active',
  'On Hold',
  'true',
  'YES',
  '5',
  '-1.5',
  'null',
  'it',
  'a text that is longer than any',
);
const anySigns = fc
  .array(fc.constantFrom('a', '%', '_', "\\'", "''", '""', '\\"', '\\\\', '\\d', 'b'), { maxLength: 5 })
  .map(parts => parts.join(''));
const anyQuoted = fc
  .tuple(fc.constantFrom("'", '"'), fc.oneof(anyMoment, anyRelative, anyWords, anySigns))
  .map(([quote, text]) => quote + text + quote);
const anyBare = fc.oneof(fc.constantFrom('5', '-1.5', 'true', 'FALSE', 'null', '20260801', '0'), anyMoment);
const anyValue = fc.oneof(anyQuoted, anyQuoted, anyBare);
const anyField = fc.constantFrom(
  'Id',
  'Active',
  'Count',
  'Day',
  'Due__c',
  'Moment',
  'Name',
  'Price',
  'State',
  'Vague',
  'Some__c',
  'max(Moment)',
  'year(Day)',
);

const anyCondition = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(anyField, fc.constantFrom('=', '!=', '<>', '<', '<=', '>', '>=', 'like', 'not like'), anyValue)
      .map(parts => parts.join(' ')),
  },
  fc
    .tuple(anyField, fc.constantFrom('in', 'not in'), fc.array(anyValue, { minLength: 1, maxLength: 3 }))
    .map(([field, word, values]) => `${field} ${word} (${values.join(', ')})`),
  fc
    .tuple(anyField, fc.constantFrom('between', 'not between'), anyValue, anyValue)
    .map(([field, word, low, high]) => `${field} ${word} ${low} and ${high}`),
);

const anyStatement = fc
  .tuple(
    anyDialect,
    fc.boolean(),
    fc.constantFrom('', 'not ', 'Count = 5 and ', 'Count = 5 or '),
    anyCondition,
    fc.constantFrom('', ' and Price = 5', ' or Price = 5'),
  )
  .map(([dialect, isDeclared, before, condition, behind]) => ({
    dialect,
    text: `${isDeclared ? `-- @type ${dialect}\n` : ''}select Id from Thing where ${before}${condition}${behind}`,
  }));

test('a fix removes its finding and brings no error and no warning', () => {
  fc.assert(
    fc.property(anyStatement, ({ dialect, text }) => {
      const before = found(text, dialect);
      for (const finding of before) {
        for (const { title, edits } of finding.fixes?.() ?? []) {
          const after = applyEdits(text, edits);
          const left = before.filter(other => other !== finding).map(({ code }) => code);
          for (const { code, severity } of found(after, dialect)) {
            const index = left.indexOf(code);
            if (index === -1 && code !== finding.code && (severity === 'hint' || severity === 'information')) continue;
            assert.notEqual(index, -1, `${code} is there after ${title}:\n${after}`);
            left.splice(index, 1);
          }
        }
      }
    }),
    { numRuns: runs },
  );
});

test('what surely mends, mends all that can be mended surely', () => {
  fc.assert(
    fc.property(anyStatement, ({ dialect, text }) => {
      let mended = text;
      for (let step = 0; step < 30; step++) {
        const fix = found(mended, dialect)
          .flatMap(({ fixes }) => fixes?.() ?? [])
          .find(({ preferred }) => preferred);
        if (!fix) return;
        mended = applyEdits(mended, fix.edits);
      }
      assert.fail(`There is no end of fixes:\n${mended}`);
    }),
    { numRuns: runs / 4 },
  );
});

test('a datetime with a space can be mended wherever it stands', () => {
  const anyPart = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.nat(23), fc.constantFrom('', ':00', ':07', ':00.5'));
  const anyZone = fc.constantFrom('', 'Z', ' UTC', '+00', '-0800', ' +05:30');
  const anyPlace = fc.tuple(
    fc.constantFrom('Day', 'Due__c', 'Moment', 'Vague', 'Some__c'),
    fc.constantFrom("'", '"', ''),
  );
  fc.assert(
    fc.property(anyPart, anyZone, anyPlace, anyDialect, ([day, hour, rest], zone, [field, quote], dialect) => {
      const value = `2026-02-${pad(day)} ${pad(hour)}:59${rest}${zone}`;
      const text = `select Id from Thing where ${field} >= ${quote}${value}${quote} and Price = 5`;
      const finding = found(text, dialect).find(({ code }) => code === 'datetime-with-space');
      const [fix] = finding?.fixes?.() ?? [];
      assert.ok(fix, `No fix for ${text}`);
      assert.match(
        applyEdits(text, fix.edits),
        /^select Id from Thing where \w+ >= (['"])2026-02-\d\d(T[\d:.]+[+-]\d\d:\d\d)?\1 and Price = 5$/,
      );
    }),
    { numRuns: runs / 4 },
  );
});

function pad(number: number): string {
  return `${number}`.padStart(2, '0');
}

function found(text: string, queryType: Dialect): Finding[] {
  return openDocument(text).statements.flatMap(statement => findingsOf(statement, { catalogue: typed, queryType }));
}
