// Credentials that one data center refuses, tried at others: stand-ins in their places.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { tryDataCenters, triedInWords } from '../../client/src/tenants/otherDataCenters';
import { systemClock } from '../../client/src/zuora/clock';
import type { DataCenter } from '../../client/src/zuora/environments';
import type { Transport } from '../../client/src/zuora/transport';
import { startZuora, type Zuora } from '../zuora/server';

const production = { name: 'Production' };
const transport: Transport = { clock: systemClock, log: () => undefined, mayConnect: () => true };

/** Data centers of these names, each a stand-in with credentials of its own. */
async function centers(t: TestContext, ...names: readonly string[]) {
  const services = await Promise.all(names.map(() => startZuora()));
  t.after(() => Promise.all(services.map(service => service.stop())));
  const dataCenters = names.map((name, index): DataCenter => {
    const origin = services[index]?.url ?? '';
    return { name, origin, userInterface: origin, kind: 'sandbox' };
  });
  return { services, dataCenters };
}

function trying(dataCenters: readonly DataCenter[], { clientId, clientSecret }: Zuora, signal = new AbortController()) {
  const said: string[] = [];
  const report = (words: string) => void said.push(words);
  const credentials = { clientId, clientSecret };
  return {
    said,
    tried: tryDataCenters({ transport, dataCenters, credentials, signal: signal.signal, report }),
  };
}

suite('other data centers', () => {
  test('are asked one after another until one accepts', async t => {
    const { services, dataCenters } = await centers(t, 'One', 'Two', 'Three');
    const [, second] = services;
    assert.ok(second);
    const { tried, said } = trying(dataCenters, second);
    assert.equal(
      triedInWords(await tried, production),
      'Two accepts this client id and secret. Nothing was stored. The dataCenter of "Production" has to be changed to it.',
    );
    assert.deepEqual(said, ['One (1 of 3)', 'Two (2 of 3)']);
    assert.deepEqual(
      services.map(({ requests }) => requests.length),
      [1, 1, 0],
    );
  });

  test('that all refuse say so', async t => {
    const { dataCenters } = await centers(t, 'One', 'Two');
    const { services } = await centers(t, 'Mine');
    const [mine] = services;
    assert.ok(mine);
    assert.equal(
      triedInWords(await trying(dataCenters, mine).tried, production),
      'No other data center accepts this client id and secret. Nothing was stored. Check them in Zuora: a secret is shown once, when its client is made.',
    );
  });

  test('that cannot be asked are no refusal', async t => {
    const { services, dataCenters } = await centers(t, 'One', 'Two', 'Three', 'Mine');
    const [, second, third, mine] = services;
    assert.ok(second && third && mine);
    await second.stop();
    third.fault({ do: 'status', status: 503 });
    assert.equal(
      triedInWords(await trying(dataCenters.slice(0, 3), mine).tried, production),
      'Refused by One. Not reached: Two, Three. Nothing was stored. Check the network, then try again.',
    );
  });

  test('are asked no further once a person has canceled', async t => {
    const { services, dataCenters } = await centers(t, 'One', 'Two', 'Three', 'Mine');
    const [, second, , mine] = services;
    assert.ok(second && mine);
    second.fault({ do: 'hold' });
    const controller = new AbortController();
    const { tried, said } = trying(dataCenters.slice(0, 3), mine, controller);
    while (second.requests.length === 0) await new Promise(resolve => setImmediate(resolve));
    controller.abort();
    assert.equal(triedInWords(await tried, production), 'Canceled. Refused by One so far. Nothing was stored.');
    assert.deepEqual(said, ['One (1 of 3)', 'Two (2 of 3)']);
    assert.equal(services[2]?.requests.length, 0);
  });
});
