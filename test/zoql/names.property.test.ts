/** What holds for the checks of names on any statement of catalogue names in which one is misspelled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../../server/src/zoql/checks/check';
import {
  applyEdits,
  completions,
  findingsOf,
  openDocument,
  type CatalogueObject,
  type Dialect,
} from '../../server/src/zoql/index';
import { bundled } from './catalogues';
import { problemsOf } from './problems';

const runs = Number(process.env['ZOQL_RUNS'] ?? 2_000);
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Something is wrong in one place of `text`, where `name` was right. */
interface Misspelled {
  readonly text: string;
  readonly name: string;
  readonly wrong: string;
  readonly code: string;
}

const anyDialect = fc.constantFrom<Dialect>('zoql', 'zoqlexport');

/** One letter more, less, other, or two that changed places. */
const anySlip = fc.record({ kind: fc.constantFrom('more', 'less', 'other', 'swap'), at: fc.nat(), letter: fc.nat(25) });

const anyStatement = fc
  .record({
    dialect: anyDialect,
    object: fc.nat(),
    fields: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    relation: fc.nat(),
    place: fc.constantFrom('object', 'field', 'group', 'relation', 'function'),
    slip: anySlip,
  })
  .map(({ dialect, object, fields, relation, place, slip }): Misspelled | undefined => {
    const from = pick(served(dialect), object);
    const names = [...new Set(fields.map(number => pick(fieldNames(from, dialect), number)))].filter(Boolean);
    const [first = 'Id', ...others] = names;
    const type = `-- @type ${dialect}\n`;
    const write = (name: string, code: string, make: (name: string) => string): Misspelled => {
      const wrong = slipped(name, slip);
      return { text: type + make(wrong), name, wrong, code };
    };
    if (place === 'object') return write(from.name, 'unknown-object', name => `select Id from ${name}`);
    if (place === 'field' || dialect === 'zoql') {
      return write(first, 'unknown-field', name => `select ${[...others, name].join(', ')} from ${from.name}`);
    }
    if (place === 'group') {
      return write(first, 'unknown-field', name => `select ${name}, count(*) from ${from.name} group by ${name}`);
    }
    if (place === 'function') return write('count', 'unknown-function', name => `select ${name}(Id) from ${from.name}`);
    const relations = from.relations.filter(({ assumed, object: to }) => !assumed && bundled.object(to)?.field('Id'));
    const over = relations.length > 0 ? pick(relations, relation).name : undefined;
    return over === undefined
      ? undefined
      : write(over, 'unknown-relation', name => `select ${name}.Id from ${from.name}`);
  })
  .filter((made): made is Misspelled => made !== undefined && made.wrong !== made.name);

test('a misspelled name is found, mended, and hardly ever misread', () => {
  const seed = Number(process.env['ZOQL_SEED'] ?? Date.now() & 0x7fffffff);
  console.log(`seed ${seed}`);
  const context = { catalogue: bundled, queryType: 'auto' } as const;
  const faultsOf = (text: string): readonly Finding[] =>
    openDocument(text).statements.flatMap(statement =>
      findingsOf(statement, context).filter(({ severity }) => severity === 'warning' || severity === 'error'),
    );
  let found = 0;
  let offered = 0;
  fc.assert(
    fc.property(anyStatement, ({ text, name, wrong, code }) => {
      const findings = faultsOf(text).filter(finding => finding.code === code);
      // A slip can make another name that exists, or one of a word that reads as something else.
      const marked = findings.find(({ start, end }) => text.slice(start, end) === wrong);
      if (!marked) return;
      found++;
      const fixes = marked.fixes?.() ?? [];
      assert.ok(fixes.length <= 3, `${fixes.length} fixes of ${text}`);
      assert.ok(fixes.filter(({ preferred }) => preferred).length <= 1, `several preferred fixes of ${text}`);
      for (const { title, edits } of fixes) {
        const after = applyEdits(text, edits);
        const told = `${title}:\n${text}\nbecomes\n${after}`;
        const left = faultsOf(after).map(problem => problem.code);
        assert.ok(left.length < faultsOf(text).length, `it stays after ${told}`);
        if (!marked.hidesOthers)
          assert.deepEqual(
            left.filter(other => other === code),
            [],
            told,
          );
      }
      if (fixes.some(({ title }) => title.endsWith(` ${name}`) || title.includes(` ${name}.`))) offered++;
    }),
    { numRuns: runs, seed },
  );
  assert.ok(found > runs / 2, `only ${found} of ${runs} were found`);
  assert.ok(offered > found * 0.95, `only ${offered} of ${found} names were offered again`);
});

test('completion offers no field that a check of names warns of', () => {
  const faults: string[] = [];
  for (const [dialect, clause] of [
    ['zoql', 'select '],
    ['zoql', 'where '],
    ['zoqlexport', 'select '],
  ] as const) {
    for (const { name } of served(dialect)) {
      const before = `-- @type ${dialect}\n${clause === 'where ' ? `select Id from ${name} where ` : clause}`;
      const after = clause === 'where ' ? ' = null' : ` from ${name}`;
      const { items } = completions(openDocument(before + after), before.length, {
        catalogue: bundled,
        queryType: 'auto',
      });
      for (const { kind, label } of items) {
        const problems = kind === 'field' ? problemsOf(before + label + after, 'auto', bundled) : [];
        faults.push(
          ...problems.filter(({ code }) => namesOnly.has(code)).map(({ code }) => `${clause}${name}.${label}: ${code}`),
        );
      }
    }
  }
  assert.deepEqual(faults, []);
});

/** Without the rules that hang on the rest of the query. */
const namesOnly: ReadonlySet<string> = new Set([
  'field-not-in-dialect',
  'foreign-key',
  'object-not-in-dialect',
  'path-without-field',
  'unknown-field',
  'unknown-relation',
]);

function served(dialect: Dialect): readonly CatalogueObject[] {
  return bundled.objects.filter(({ zoql, exported }) => (dialect === 'zoql' ? zoql : exported));
}

/** The fields that nothing restricts. */
function fieldNames({ fields, restrictions }: CatalogueObject, dialect: Dialect): string[] {
  const restricted = new Set(restrictions.flatMap(({ fields: some }) => some));
  return fields
    .filter(field => (dialect === 'zoql' ? field.zoql : field.exported))
    .filter(({ name, guessed }) => !guessed && !restricted.has(name))
    .map(({ name }) => name);
}

function pick<T>(things: readonly T[], number: number): T {
  return things[number % things.length] as T;
}

function slipped(name: string, { kind, at, letter }: { kind: string; at: number; letter: number }): string {
  // The first letter stays: people look at it.
  const index = 1 + (at % (name.length - 1));
  const other = letters.charAt(letter);
  const before = name.slice(0, index);
  const here = name.charAt(index);
  switch (kind) {
    case 'more':
      return before + other + name.slice(index);
    case 'less':
      return before + name.slice(index + 1);
    case 'other':
      return before + other + name.slice(index + 1);
    default:
      return name.slice(0, index - 1) + here + name.charAt(index - 1) + name.slice(index + 1);
  }
}
