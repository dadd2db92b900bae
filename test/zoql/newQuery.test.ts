import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { analyse, newQuery, openDocument, type DialectSetting, type SchemaName } from '../../server/src/zoql/index';
import { bundled, fixture } from './catalogues';

/** The query as one line, its directives before it. */
function drawn(name: SchemaName, setting: DialectSetting = 'auto', catalogue = fixture): string | undefined {
  return newQuery(name, catalogue, setting)?.trim().replaceAll('\n', ' ');
}

suite('a new query', () => {
  test('of an object has the fields that tell its records apart', () =>
    assert.equal(drawn({ object: 'account', steps: [] }), 'select Id, Name, Status, Balance from Account'));

  test('of a field has that one and the Id', () =>
    assert.equal(drawn({ object: 'Account', steps: [], field: 'AutoPay' }), 'select Id, AutoPay from Account'));

  test('of a related object has paths', () =>
    assert.equal(
      drawn({ object: 'Account', steps: ['BillToContact'], field: 'Country' }),
      'select Id, BillToContact.Country from Account',
    ));

  test('is declared where the setting says another dialect than it needs', () => {
    assert.equal(drawn({ object: 'Order', steps: [] }, 'zoql'), '-- @type zoqlexport select Id from Order');
    assert.equal(drawn({ object: 'Order', steps: [] }), 'select Id from Order');
    assert.equal(drawn({ object: 'Amendment', steps: [] }, 'zoqlexport'), '-- @type zoql select Id from Amendment');
  });

  test('writes a foreign key as its dialect does', () => {
    const key: SchemaName = { object: 'Account', steps: [], field: 'BillToId' };
    assert.equal(drawn(key, 'zoql'), 'select Id, BillToId from Account');
    assert.equal(drawn(key, 'zoqlexport'), 'select Id, BillToContact.Id from Account');
  });

  test('of a field that only Export ZOQL has is in that', () =>
    assert.equal(
      drawn({ object: 'Account', steps: [], field: 'Mrr' }, 'zoql'),
      '-- @type zoqlexport select Id, Mrr from Account',
    ));

  test('of what nobody knows is none', () => assert.equal(drawn({ object: 'Nothing', steps: [] }), undefined));

  for (const queryType of ['auto', 'zoql', 'zoqlexport'] as const) {
    test(`of any bundled object has no problem where the setting is ${queryType}`, () => {
      const queryable = bundled.objects.filter(({ zoql, exported }) => zoql || exported);
      assert.notEqual(queryable.length, 0);
      const faulty = queryable.flatMap(({ name: object }) => {
        const text = newQuery({ object, steps: [] }, bundled, queryType) ?? '';
        const [statement] = openDocument(text).statements;
        assert.ok(statement, object);
        const { problems } = analyse(statement, { catalogue: bundled, queryType });
        const grave = problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
        return grave.map(({ message }) => `${text.trim()}: ${message}`);
      });
      assert.deepEqual(faulty, []);
    });
  }
});
