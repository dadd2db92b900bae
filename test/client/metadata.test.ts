// What tenants have described: what is asked for and when, what the disk keeps, and what the language server hears.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { TenantFactsParams } from '../../server/src/protocol';
import { openMetadataCache, type MetadataScope } from '../../client/src/tenants/metadata/cache';
import { feedServer } from '../../client/src/tenants/metadata/feed';
import { createMetadata } from '../../client/src/tenants/metadata/metadata';
import type { Description } from '../../client/src/zuora/describe';
import { failed, success, type Failure, type Outcome } from '../../client/src/zuora/outcome';
import { FakeClock, until } from './fakeClock';

const acme: MetadataScope = { tenant: 'acme', origin: 'https://rest.na.zuora.com' };
const other: MetadataScope = { tenant: 'other', origin: 'https://rest.eu.zuora.com' };
const day = 24 * 60 * 60 * 1000;
const unreached: Failure = { kind: 'network', message: 'the connection was refused', sent: 'no' };

suite('what is asked for', () => {
  test('nothing, until somebody needs an object; then the list and that object, once', async t => {
    const { metadata, asked, drawn } = tenant(t);
    await metadata.known(acme);
    assert.deepEqual(asked(), []);
    await Promise.all([metadata.need(acme, ['account']), metadata.need(acme, ['Account', 'Nothing'])]);
    await metadata.need(acme, ['ACCOUNT']);
    assert.deepEqual(asked(), ['acme: list', 'acme: Account']);
    assert.equal(await drawn(acme), 'Account(Id Name)');
  });

  test('what is older than a day is asked for again, and serves until something newer has come', async t => {
    const { metadata, asked, drawn, clock, fields } = tenant(t);
    await metadata.need(acme, ['Account']);
    clock.advance(day - 1);
    await metadata.need(acme, ['Account']);
    assert.equal(asked().length, 2);
    clock.advance(1);
    fields.set('Account', ['Id', 'Name', 'Tier__c']);
    const needing = metadata.need(acme, ['Account']);
    assert.equal(await drawn(acme), 'Account(Id Name)');
    await needing;
    assert.equal(await drawn(acme), 'Account(Id Name Tier__c)');
  });

  test('an object that could not be had is left alone for five minutes', async t => {
    const { metadata, asked, clock, answers } = tenant(t);
    answers.set('Account', failed(unreached));
    await metadata.need(acme, ['Account']);
    await metadata.need(acme, ['Account']);
    assert.deepEqual(asked(), ['acme: list', 'acme: Account']);
    clock.advance(5 * 60_000);
    await metadata.need(acme, ['Account']);
    assert.deepEqual(asked().slice(2), ['acme: Account']);
  });

  test('nothing where the window may not ask; what the disk holds is known all the same', async t => {
    const { folder, metadata } = tenant(t);
    await metadata.need(acme, ['Account']);
    const later = tenant(t, { folder, mayAsk: false });
    await later.metadata.need(acme, ['Account', 'Invoice']);
    assert.deepEqual(later.asked(), []);
    assert.equal(await later.drawn(acme), 'Account(Id Name)');
  });

  test('each tenant, and each entity of it, has its own', async t => {
    const { metadata, drawn } = tenant(t);
    const entity = { ...acme, entityIds: 'e1' };
    await metadata.need(acme, ['Account']);
    assert.deepEqual([await drawn(other), await drawn(entity)], ['', '']);
  });
});

suite('a refresh', () => {
  test('asks for every object, at most four at once, and tells how far it is', async t => {
    const { metadata, drawn, most } = tenant(t);
    const reports: string[] = [];
    const outcome = await metadata.refresh(acme, { signal: never, report: words => reports.push(words) });
    assert.deepEqual(outcome, success({ described: 6, failed: [], left: 0 }));
    assert.equal(await drawn(acme), 'Account(Id Name) Contact(Id) Invoice(Id) Order(Id) Payment(Id) Product(Id)');
    assert.equal(most(), 4);
    assert.deepEqual([reports[0], reports.at(-1)], ['the list of objects', '6 of 6 objects']);
  });

  test('what one object is refused for stops no other, and what was known of it stays', async t => {
    const { metadata, drawn, answers } = tenant(t);
    await metadata.need(acme, ['Contact']);
    const refusal: Failure = { kind: 'rejected', message: 'Forbidden', status: 403 };
    answers.set('Contact', failed(refusal));
    const outcome = await metadata.refresh(acme, { signal: never, report: () => undefined });
    assert.deepEqual(outcome, success({ described: 5, failed: [{ name: 'Contact', failure: refusal }], left: 0 }));
    assert.match(await drawn(acme), /Contact\(Id\)/);
  });

  test('a tenant that cannot be reached is not asked for the rest', async t => {
    const { metadata, answers, asked } = tenant(t);
    for (const name of ['Account', 'Contact', 'Invoice', 'Order']) answers.set(name, failed(unreached));
    const outcome = await metadata.refresh(acme, { signal: never, report: () => undefined });
    assert.ok(outcome.ok);
    assert.equal(outcome.value.described, 0);
    assert.ok(asked().length <= 5, asked().join());
  });

  test('a person ends it: what has come stays, in the next window too', async t => {
    const { metadata, drawn, folder } = tenant(t);
    const ending = new AbortController();
    const report = (words: string) => words.startsWith('1 of') && ending.abort();
    const outcome = await metadata.refresh(acme, { signal: ending.signal, report });
    assert.ok(outcome.ok && 0 < outcome.value.described && 0 < outcome.value.left, JSON.stringify(outcome));
    const known = await drawn(acme);
    assert.match(known, /Account\(Id Name\)/);
    assert.equal(await tenant(t, { folder }).drawn(acme), known);
  });

  test('without a list nothing is asked for', async t => {
    const { metadata, answers } = tenant(t);
    answers.set('', failed(unreached));
    const outcome = await metadata.refresh(acme, { signal: never, report: () => undefined });
    assert.deepEqual(outcome, failed(unreached));
  });
});

suite('the disk', () => {
  test('what is damaged, of another version or of another shape counts as not known', async t => {
    const { metadata, folder } = tenant(t);
    await metadata.refresh(acme, { signal: never, report: () => undefined });
    const [own = ''] = readdirSync(folder);
    const objects = path.join(folder, own, 'objects');
    writeFileSync(path.join(objects, 'Account.json'), '{"version":1,"at":1,"value":{"na');
    writeFileSync(path.join(objects, 'Contact.json'), '{"version":2,"at":1,"value":{"name":"Contact"}}');
    writeFileSync(path.join(objects, 'Invoice.json'), '{"version":1,"at":1,"value":{"name":"Invoice","fields":7}}');
    assert.equal(await tenant(t, { folder }).drawn(acme), 'Order(Id) Payment(Id) Product(Id)');
  });

  test('one that refuses is told of, and costs no more than the memory', async t => {
    const folder = temporary(t);
    const file = path.join(folder, 'a file');
    writeFileSync(file, '');
    const { metadata, drawn, faults } = tenant(t, { folder: file });
    await metadata.need(acme, ['Account']);
    assert.equal(await drawn(acme), 'Account(Id Name)');
    assert.equal(faults().length, 2);
    assert.deepEqual(readdirSync(folder), ['a file']);
  });

  test('a refused field is remembered for its tenant, once, until a person has it forgotten', async t => {
    const { metadata, folder } = tenant(t);
    const field = { object: 'Invoice', field: 'TaxMessage', dialect: 'zoql' } as const;
    await metadata.refuse(acme, field);
    await metadata.refuse(acme, { ...field, field: 'taxmessage' });
    const later = tenant(t, { folder });
    assert.deepEqual((await later.metadata.known(acme)).refused, [field]);
    assert.deepEqual((await later.metadata.known(other)).refused, []);
    await later.metadata.forgetRefused(acme);
    assert.deepEqual((await later.metadata.known(acme)).refused, []);
    assert.deepEqual((await tenant(t, { folder }).metadata.known(acme)).refused, []);
  });

  test('a tenant of 119 objects and 2,600 fields is there without a request', async t => {
    const { metadata, folder, fields } = tenant(t);
    fields.clear();
    for (let count = 0; count < 119; count++) {
      fields.set(
        `Object${count}`,
        Array.from({ length: 22 }, (_, index) => `Field${index}__c`),
      );
    }
    await metadata.refresh(acme, { signal: never, report: () => undefined });
    const later = tenant(t, { folder });
    const { objects } = await later.metadata.known(acme);
    assert.equal(
      [...objects.values()].reduce((sum, { value }) => sum + value.fields.length, 0),
      119 * 22,
    );
    assert.deepEqual(later.asked(), []);
  });
});

suite('what the language server hears', () => {
  test('all that is known at first; then what has come, together; no address and no secret', async t => {
    const { metadata, clock } = tenant(t);
    await metadata.need(acme, ['Account']);
    const { told, feed } = fed(t, metadata, clock);
    await until(
      () => 0 < told().length,
      () => told().join(),
    );
    await feed.need(['Contact', 'Invoice']);
    clock.advance(200);
    await until(
      () => 1 < told().length,
      () => told().join(),
    );
    assert.deepEqual(told(), ['acme anew: Account', 'acme: Contact Invoice']);
  });

  test('another tenant takes the place of the one before, and none takes it away', async t => {
    const { metadata, clock } = tenant(t);
    await metadata.need(acme, ['Account']);
    await metadata.need(other, ['Contact']);
    const { told, become } = fed(t, metadata, clock);
    await until(
      () => 0 < told().length,
      () => told().join(),
    );
    become(other);
    await until(
      () => 1 < told().length,
      () => told().join(),
    );
    become(undefined);
    assert.deepEqual(told(), ['acme anew: Account', 'other anew: Contact', 'none anew: ']);
  });

  test('what comes of another tenant meanwhile is not told', async t => {
    const { metadata, clock } = tenant(t);
    const { told } = fed(t, metadata, clock);
    await until(
      () => 0 < told().length,
      () => told().join(),
    );
    await metadata.need(other, ['Contact']);
    clock.advance(200);
    assert.deepEqual(told(), ['acme anew: ']);
  });

  function fed(t: TestContext, metadata: ReturnType<typeof createMetadata>, clock: FakeClock) {
    const messages: TenantFactsParams[] = [];
    let scope: MetadataScope | undefined = acme;
    let changed = () => {};
    const feed = feedServer({
      metadata,
      activeScope: () => scope,
      watchScope: listener => {
        changed = listener;
        return { dispose: () => undefined };
      },
      clock,
      tell: params => messages.push(params),
    });
    t.after(() => {
      feed.dispose();
      assert.doesNotMatch(JSON.stringify(messages), /zuora\.com|https?:/);
    });
    const line = ({ tenant: name, anew, objects }: TenantFactsParams) =>
      `${name ?? 'none'}${anew ? ' anew' : ''}: ${objects.map(object => object.name).join(' ')}`;
    return {
      feed,
      told: () => messages.map(line),
      become: (next: MetadataScope | undefined) => {
        scope = next;
        changed();
      },
    };
  }
});

const never = new AbortController().signal;

/** A service with six objects, and the metadata of a window. `answers` has what single objects, or '' the list, answer. */
function tenant(t: TestContext, { folder = temporary(t), mayAsk = true } = {}) {
  const clock = new FakeClock();
  const fields = new Map([
    ['Account', ['Id', 'Name']],
    ...['Contact', 'Invoice', 'Order', 'Payment', 'Product'].map(name => [name, ['Id']] as [string, string[]]),
  ]);
  const answers = new Map<string, Outcome<never>>();
  const requests: string[] = [];
  const faults: unknown[] = [];
  let [underWay, most] = [0, 0];
  const answered = async <T>(scope: MetadataScope, what: string, value: () => T, signal: AbortSignal) => {
    requests.push(`${scope.tenant}: ${what || 'list'}`);
    most = Math.max(most, ++underWay);
    await new Promise(resolve => setImmediate(resolve));
    underWay--;
    if (signal.aborted) return failed({ kind: 'canceled', sent: 'maybe' });
    return answers.get(what) ?? success(value());
  };
  const metadata = createMetadata({
    client: {
      objects: (scope, signal) =>
        answered(scope, '', () => [...fields.keys()].map(name => ({ name, label: name })), signal),
      describe: (scope, name, signal) => answered(scope, name, () => description(name), signal),
    },
    cache: openMetadataCache(folder, error => faults.push(error)),
    clock,
    mayAsk: () => Promise.resolve(mayAsk),
  });
  t.after(() => metadata.dispose());
  return {
    metadata,
    clock,
    folder,
    fields,
    answers,
    asked: () => requests,
    most: () => most,
    faults: () => faults,
    drawn: async (scope: MetadataScope) => {
      const { objects } = await metadata.known(scope);
      const all = [...objects.values()].map(
        ({ value }) => `${value.name}(${value.fields.map(({ name }) => name).join(' ')})`,
      );
      return all.sort().join(' ');
    },
  };

  function description(name: string): Description {
    const names = fields.get(name) ?? [];
    return {
      name,
      label: name,
      fields: names.map(each => ({
        name: each,
        label: each,
        type: 'text',
        custom: each.endsWith('__c'),
        filterable: true,
        contexts: ['soap', 'export'],
      })),
    };
  }
}

function temporary(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'zoql-metadata-'));
  mkdirSync(folder, { recursive: true });
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
