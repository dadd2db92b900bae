// Tenants: which there are, whose the credentials are, and what other windows do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { SecretStore } from '../../client/src/tenants/credentials';
import { withChange, withEntry, withoutEntry } from '../../client/src/tenants/entries';
import { placeInWords, readProfiles, type TeamTenants } from '../../client/src/tenants/profiles';
import { signedInTenants, type Memory } from '../../client/src/tenants/secretOwners';
import { proposalInWords, readTeamFiles } from '../../client/src/tenants/teamFile';
import { createTenants } from '../../client/src/tenants/tenants';
import { dataCenters, readOrigin, userInterfaceOf } from '../../client/src/zuora/environments';
import { draw } from './network';

const environment = {
  ZOQL_URL: 'http://127.0.0.1:8125',
  ZOQL_CLIENT_ID: 'environment-id',
  ZOQL_CLIENT_SECRET: 'planted-environment-secret',
};

test('the ten data centers', () => {
  assert.equal(
    dataCenters
      .map(({ name, origin, kind, userInterface }) => `${name} | ${origin} | ${kind} | ${userInterface}`)
      .join('\n'),
    `US Developer & Central Sandbox | https://rest.test.zuora.com | sandbox | https://test.zuora.com
US API Sandbox Cloud 1 | https://rest.sandbox.na.zuora.com | sandbox | https://sandbox.na.zuora.com
US API Sandbox Cloud 2 | https://rest.apisandbox.zuora.com | sandbox | https://apisandbox.zuora.com
US Production Cloud 1 | https://rest.na.zuora.com | production | https://na.zuora.com
US Production Cloud 2 | https://rest.zuora.com | production | https://www.zuora.com
EU Developer & Central Sandbox | https://rest.test.eu.zuora.com | sandbox | https://test.eu.zuora.com
EU API Sandbox | https://rest.sandbox.eu.zuora.com | sandbox | https://sandbox.eu.zuora.com
EU Production | https://rest.eu.zuora.com | production | https://eu.zuora.com
APAC Developer & Central Sandbox | https://rest.test.ap.zuora.com | sandbox | https://test.ap.zuora.com
APAC Production | https://rest.ap.zuora.com | production | https://ap.zuora.com`,
  );
  assert.equal(userInterfaceOf('https://rest.zuora.com'), 'https://www.zuora.com');
  assert.equal(userInterfaceOf('https://zuora.acme.test'), undefined);
});

for (const [address, expected] of [
  ['https://rest.na.zuora.com', 'https://rest.na.zuora.com'],
  ['https://rest.na.zuora.com/', 'https://rest.na.zuora.com'],
  ['HTTPS://REST.NA.ZUORA.COM:8443', 'https://rest.na.zuora.com:8443'],
  ['http://localhost:8125', 'http://localhost:8125'],
  ['http://127.0.0.1:8125/', 'http://127.0.0.1:8125'],
  ['http://127.1.2.3', 'http://127.1.2.3'],
  ['http://[::1]:8125', 'http://[::1]:8125'],
  ['https://rest.zuora.com.evil.test', 'https://rest.zuora.com.evil.test'],
  ['https://rést.zuora.com', 'https://xn--rst-bma.zuora.com'],
  ['http://rest.na.zuora.com', '✗ must begin with https:// (http:// is only for this computer)'],
  ['http://localhost.evil.test', '✗ must begin with https:// (http:// is only for this computer)'],
  ['http://127.0.0.1.evil.test', '✗ must begin with https:// (http:// is only for this computer)'],
  ['https://rest.zuora.com@evil.test', '✗ must not hold a user name or password'],
  ['https://user:pw@rest.zuora.com', '✗ must not hold a user name or password'],
  ['https://evil.test#rest.zuora.com', '✗ must not have a fragment ("#")'],
  ['https://rest.zuora.com/#', '✗ must not have a fragment ("#")'],
  ['https://rest.zuora.com?', '✗ must not have a query ("?")'],
  ['https://rest.zuora.com/v1', '✗ must end after the host, without a path'],
  ['https://rest.zuora.com//', '✗ must end after the host, without a path'],
  ['https:\\\\evil.test', '✗ must be an address such as https://rest.na.zuora.com'],
  ['https://evil.test\\.zuora.com', '✗ must end after the host, without a path'],
  [' https://rest.zuora.com', '✗ must be an address such as https://rest.na.zuora.com'],
  ['https://rest.zu\nora.com', '✗ must end after the host, without a path'],
  ['rest.zuora.com', '✗ must be an address such as https://rest.na.zuora.com'],
  ['https://', '✗ must be an address such as https://rest.na.zuora.com'],
  ['ftp://rest.zuora.com', '✗ must be an address such as https://rest.na.zuora.com'],
  ['', '✗ must be an address such as https://rest.na.zuora.com'],
] as const) {
  test(`the address ${JSON.stringify(address)}`, () => {
    const read = readOrigin(address);
    assert.equal(read.ok ? read.origin : `✗ ${read.reason}`, expected);
  });
}

test('where a tenant is, in words', () => {
  const setting = [
    { name: 'P', dataCenter: 'EU Production' },
    { name: 'L', url: 'http://localhost:1' },
    { name: 'O', url: 'https://zuora.example.com' },
  ];
  assert.deepEqual(readProfiles({ setting, variables: {} }).profiles.map(placeInWords), [
    'EU Production',
    'this computer',
    'own address',
  ]);
});

/** The profiles and problems, a line each. */
function drawProfiles(setting: unknown, variables: Readonly<Partial<Record<string, string>>> = {}): string {
  const { profiles, environment: brought, problems } = readProfiles({ setting, variables });
  return [
    ...profiles.map(({ name, origin, kind, dataCenter, readOnly, entityIds, orgIds, signIn }) =>
      [name, origin, kind, dataCenter, readOnly && 'read-only', entityIds, orgIds, signIn].filter(Boolean).join(' | '),
    ),
    ...(brought ? [`environment: ${brought.name} | ${brought.origin}`] : []),
    ...problems.map(problem => `✗ ${problem}`),
  ].join('\n');
}

const shape =
  '✗ The setting zoql.tenants[0] is left out: it must be an object with a name and either a dataCenter or a url.';

for (const [name, setting, expected] of [
  ['nothing', undefined, ''],
  [
    'a data center and an address',
    [
      { name: 'P', dataCenter: 'EU Production' },
      { name: 'L', url: 'http://localhost:1' },
      { name: 'O', url: 'https://zuora.example.com' },
    ],
    'P | https://rest.eu.zuora.com | production | EU Production\nL | http://localhost:1 | local\nO | https://zuora.example.com | custom',
  ],
  [
    "a data center's address",
    [{ name: 'P', url: 'https://rest.zuora.com' }],
    'P | https://rest.zuora.com | production | US Production Cloud 2',
  ],
  [
    'a kind of its own, and read-only',
    [
      { name: 'P', dataCenter: 'EU API Sandbox', kind: 'production' },
      { name: 'O', url: 'https://o.test', kind: 'sandbox', readOnly: true },
      { name: 'W', url: 'https://w.test', readOnly: false },
      { name: 'K', url: 'https://k.test', kind: 'Production' },
      { name: 'R', url: 'https://r.test', readOnly: 'yes' },
    ],
    `P | https://rest.sandbox.eu.zuora.com | production | EU API Sandbox
O | https://o.test | sandbox | read-only
W | https://w.test | custom
✗ The setting zoql.tenants[3] is left out: the kind of "K" must be production or sandbox.
✗ The setting zoql.tenants[4] is left out: readOnly of "R" must be true or false.`,
  ],
  [
    'entity, organizations and the way to sign in',
    [
      { name: 'E', url: 'https://e.test', entityIds: ' e-1 ', orgIds: 'o-1, o-2', signIn: 'oauth' },
      { name: 'K', url: 'https://k.test', entityIds: '', signIn: 'apiAccessKey' },
      { name: 'T', url: 'https://t.test', entityIds: 'e-1,e-2' },
      { name: 'N', url: 'https://n.test', orgIds: 7 },
      { name: 'U', url: 'https://u.test', orgIds: 'o\r\nX: 1' },
      { name: 'S', url: 'https://s.test', signIn: 'password' },
    ],
    `E | https://e.test | custom | e-1 | o-1, o-2
K | https://k.test | custom | apiAccessKey
✗ The setting zoql.tenants[2] is left out: entityIds of "T" takes the id of one entity.
✗ The setting zoql.tenants[3] is left out: orgIds of "N" must be a text.
✗ The setting zoql.tenants[4] is left out: orgIds of "U" may hold visible US-ASCII characters only.
✗ The setting zoql.tenants[5] is left out: signIn of "S" must be oauth or apiAccessKey.`,
  ],
  [
    'a secret in it',
    [
      { name: 'A', url: 'https://a.test', clientSecret: 'planted' },
      { name: 'B', url: 'https://b.test', api_access_key: 'planted' },
    ],
    `✗ The setting zoql.tenants[0] is left out: it holds "clientSecret", and credentials do not belong there. Remove it, have Zuora revoke it if others could read it, and run ZOQL: Sign In.
✗ The setting zoql.tenants[1] is left out: it holds "api_access_key", and credentials do not belong there. Remove it, have Zuora revoke it if others could read it, and run ZOQL: Sign In.`,
  ],
  [
    'a wrong entry between right ones',
    [
      { name: 'A', url: 'https://a.test' },
      { name: 'B', url: 'http://b.test' },
      { name: 'C', url: 'https://c.test' },
    ],
    'A | https://a.test | custom\nC | https://c.test | custom\n✗ The setting zoql.tenants[1] is left out: the url of "B" must begin with https:// (http:// is only for this computer).',
  ],
  [
    'a name twice',
    [
      { name: 'A', url: 'https://a.test' },
      { name: 'a', url: 'https://b.test' },
    ],
    'A | https://a.test | custom\n✗ The setting zoql.tenants[1] is left out: an earlier tenant is already called "a".',
  ],
  ['no name', [{ url: 'https://a.test' }], '✗ The setting zoql.tenants[0] is left out: its name is missing.'],
  [
    'a name of spaces',
    [{ name: '  ', url: 'https://a.test' }],
    '✗ The setting zoql.tenants[0] is left out: its name is missing.',
  ],
  [
    'a name of two lines',
    [{ name: 'a\nb', url: 'https://a.test' }],
    '✗ The setting zoql.tenants[0] is left out: its name must be one line of at most 100 characters.',
  ],
  [
    'neither',
    [{ name: 'A' }],
    '✗ The setting zoql.tenants[0] is left out: "A" needs either a dataCenter or a url, not both.',
  ],
  [
    'both',
    [{ name: 'A', url: 'https://a.test', dataCenter: 'EU Production' }],
    '✗ The setting zoql.tenants[0] is left out: "A" needs either a dataCenter or a url, not both.',
  ],
  [
    'a number for an address',
    [{ name: 'A', url: 7 }],
    '✗ The setting zoql.tenants[0] is left out: the url of "A" must be a text.',
  ],
  [
    'an unknown data center',
    [{ name: 'A', dataCenter: 'Mars' }],
    `✗ The setting zoql.tenants[0] is left out: the dataCenter of "A" must be one of ${dataCenters.map(each => each.name).join(', ')}.`,
  ],
  ['no list', { name: 'A' }, '✗ The setting zoql.tenants must be a list of tenants.'],
  ['texts', ['A'], shape],
  ['null', [null], shape],
  ['lists', [[]], shape],
] as const) {
  test(`the setting with ${name}`, () => assert.equal(drawProfiles(setting), expected));
}

for (const [name, setting, variables, expected] of [
  [
    'serves the profile with its address',
    [{ name: 'Local sandbox', url: 'http://127.0.0.1:8125/' }],
    environment,
    'Local sandbox | http://127.0.0.1:8125 | local\nenvironment: Local sandbox | http://127.0.0.1:8125',
  ],
  [
    'is a tenant of its own without one',
    [{ name: 'A', url: 'https://a.test' }],
    environment,
    'A | https://a.test | custom\n127.0.0.1:8125 | http://127.0.0.1:8125 | local\nenvironment: 127.0.0.1:8125 | http://127.0.0.1:8125',
  ],
  [
    'is a tenant of its own among several that share its address',
    [
      { name: 'A', url: 'http://127.0.0.1:8125' },
      { name: 'B', url: 'http://127.0.0.1:8125' },
    ],
    environment,
    'A | http://127.0.0.1:8125 | local\nB | http://127.0.0.1:8125 | local\n127.0.0.1:8125 | http://127.0.0.1:8125 | local\nenvironment: 127.0.0.1:8125 | http://127.0.0.1:8125',
  ],
  [
    'does not take the name of another tenant',
    [{ name: '127.0.0.1:8125', url: 'https://a.test' }],
    environment,
    '127.0.0.1:8125 | https://a.test | custom\n127.0.0.1:8125 (environment) | http://127.0.0.1:8125 | local\nenvironment: 127.0.0.1:8125 (environment) | http://127.0.0.1:8125',
  ],
  [
    'needs all three',
    [],
    { ...environment, ZOQL_CLIENT_SECRET: '' },
    '✗ The environment variables ZOQL_URL, ZOQL_CLIENT_ID, ZOQL_CLIENT_SECRET work only together; not set: ZOQL_CLIENT_SECRET.',
  ],
  [
    'needs all three, not one',
    [],
    { ZOQL_CLIENT_SECRET: 'planted' },
    '✗ The environment variables ZOQL_URL, ZOQL_CLIENT_ID, ZOQL_CLIENT_SECRET work only together; not set: ZOQL_URL, ZOQL_CLIENT_ID.',
  ],
  [
    'needs a good address',
    [],
    { ...environment, ZOQL_URL: 'http://rest.zuora.com' },
    '✗ The environment variable ZOQL_URL must begin with https:// (http:// is only for this computer).',
  ],
] as const) {
  test(`the environment ${name}`, () => assert.equal(drawProfiles(setting, variables), expected));
}

/** A secret store that two windows share, and that can be locked. */
class SharedSecrets {
  locked = false;
  readonly stored = new Map<string, string>();
  private readonly listeners = new Set<(event: { readonly key: string }) => void>();

  /** The store as a window sees it. */
  window(): SecretStore {
    const open = () => {
      if (this.locked) throw new Error('cannot store planted-secret');
    };
    const tell = (key: string) => this.listeners.forEach(listener => listener({ key }));
    return {
      get: key => Promise.resolve().then(() => (open(), this.stored.get(key))),
      store: (key, value) => Promise.resolve().then(() => (open(), this.stored.set(key, value), tell(key))),
      delete: key => Promise.resolve().then(() => (open(), this.stored.delete(key), tell(key))),
      onDidChange: listener => {
        this.listeners.add(listener);
        return { dispose: () => void this.listeners.delete(listener) };
      },
    };
  }
}

const twoTenants = [
  { name: 'A', url: 'https://a.test' },
  { name: 'B', url: 'https://b.test' },
];

function openWindow(
  secrets: SharedSecrets,
  options: {
    setting?: unknown;
    variables?: Readonly<Partial<Record<string, string>>>;
    memory?: Map<string, unknown>;
    ownMemory?: Map<string, unknown>;
    team?: TeamTenants;
  } = {},
) {
  const forgotten: string[] = [];
  let changes = 0;
  const current = { setting: options.setting ?? twoTenants, team: options.team ?? { profiles: [], problems: [] } };
  const memory = options.memory ?? new Map<string, unknown>();
  const ownMemory = options.ownMemory ?? new Map<string, unknown>();
  const tenants = createTenants({
    setting: () => current.setting,
    team: () => current.team,
    variables: options.variables ?? {},
    secrets: secrets.window(),
    memory: memento(memory),
    ownMemory: memento(ownMemory),
    credentialsChanged: (tenant, origin) => forgotten.push(`${tenant} ${origin}`),
  });
  tenants.onDidChange(() => changes++);
  return { tenants, forgotten, current, memory, ownMemory, changes: () => changes };
}

function memento(values: Map<string, unknown>): Memory {
  return {
    get: <T>(key: string) => values.get(key) as T | undefined,
    update: (key, value) => Promise.resolve(void values.set(key, value)),
  };
}

const secret = { clientId: 'id', clientSecret: 'planted-secret' };

/** The profile of that name, which the test has put there. */
function profileOf({ tenants }: ReturnType<typeof openWindow>, name: string) {
  const profile = tenants.all().find(each => each.name === name);
  assert.ok(profile);
  return profile;
}

test('credentials belong to the tenant and the host: both must match', async () => {
  const window = openWindow(new SharedSecrets());
  const [a, b] = [profileOf(window, 'A'), profileOf(window, 'B')];
  assert.ok((await window.tenants.signIn(a, secret)).ok);
  assert.equal(await window.tenants.state(a), 'signed-in');
  assert.equal(await window.tenants.state(b), 'signed-out');
  const ask = async (tenant: string, origin: string) => draw(await window.tenants.credentialsFor({ tenant, origin }));
  assert.equal(await ask('A', 'https://a.test'), 'ok {"clientId":"id","clientSecret":"planted-secret"}');
  assert.equal(await ask('B', 'https://a.test'), 'signed-out | message: not signed in to B (a.test)');
  assert.equal(await ask('A', 'https://b.test'), 'signed-out | message: not signed in to A (b.test)');

  // A changed address asks again; a job that was made before still has its own.
  window.current.setting = [{ name: 'A', url: 'https://evil.test' }];
  window.tenants.reload();
  assert.equal(await window.tenants.state(profileOf(window, 'A')), 'signed-out');
  assert.equal(await ask('A', 'https://a.test'), 'ok {"clientId":"id","clientSecret":"planted-secret"}');
});

test('signing out in one window drops the tokens of all', async () => {
  const secrets = new SharedSecrets();
  const [here, there] = [openWindow(secrets), openWindow(secrets)];
  await here.tenants.signIn(profileOf(here, 'A'), secret);
  assert.equal(await there.tenants.state(profileOf(there, 'A')), 'signed-in');
  there.forgotten.length = 0;
  const before = there.changes();
  assert.ok((await here.tenants.signOut('A')).ok);
  assert.deepEqual(there.forgotten, ['A https://a.test']);
  assert.ok(before < there.changes());
  assert.ok(here.forgotten.includes('A https://a.test'));
  assert.equal(await there.tenants.state(profileOf(there, 'A')), 'signed-out');
  assert.equal(secrets.stored.size, 0);
});

/** What Sign Out offers, a tenant a line. */
async function offered({ tenants }: ReturnType<typeof openWindow>): Promise<string> {
  const signedIn = signedInTenants(await tenants.secretOwners(), tenants.all(), tenants.active());
  return signedIn.map(({ tenant, description }) => `${tenant} | ${description}`).join('\n');
}

test('signing out removes the secrets for former addresses too, and those of tenants that have left the settings', async () => {
  const secrets = new SharedSecrets();
  const ownMemory = new Map<string, unknown>();
  const window = openWindow(secrets, { ownMemory });
  await window.tenants.signIn(profileOf(window, 'A'), secret);
  await window.tenants.signIn(profileOf(window, 'B'), secret);
  assert.doesNotMatch(JSON.stringify([...ownMemory]), /planted/);

  const later = openWindow(secrets, { ownMemory, setting: [{ name: 'A', url: 'https://new.test' }] });
  await later.tenants.signIn(profileOf(later, 'A'), secret);
  assert.equal(
    await offered(later),
    'A | a.test (former address), new.test · active\nB | b.test · no longer in zoql.tenants',
  );
  window.forgotten.length = 0;
  assert.ok((await later.tenants.signOut('A')).ok);
  assert.deepEqual(window.forgotten.sort(), ['A https://a.test', 'A https://new.test']);
  assert.equal(await offered(later), 'B | b.test · no longer in zoql.tenants');
  assert.ok((await later.tenants.signOut('B')).ok);
  assert.equal(await offered(later), '');
  assert.equal(secrets.stored.size, 0);
});

test('a secret that cannot be deleted stays in the list of those that are stored', async () => {
  const secrets = new SharedSecrets();
  const window = openWindow(secrets);
  await window.tenants.signIn(profileOf(window, 'A'), secret);
  secrets.locked = true;
  assert.equal((await window.tenants.signOut('A')).ok, false);
  assert.equal(await offered(window), 'A | a.test');
  secrets.locked = false;
  assert.ok((await window.tenants.signOut('A')).ok);
  assert.equal(secrets.stored.size, 0);
});

test('a secret of which the list does not know is found again', async () => {
  const secrets = new SharedSecrets();
  const window = openWindow(secrets);
  await window.tenants.signIn(profileOf(window, 'A'), secret);
  for (const list of [undefined, 'nonsense', [7, null, {}, { tenant: 'X' }]]) {
    assert.equal(
      await offered(openWindow(secrets, { ownMemory: new Map([['zoql.secretOwners', list]]) })),
      'A | a.test',
    );
  }
});

test('a secret store that fails is a named failure and nothing else is tried', async () => {
  const secrets = new SharedSecrets();
  const window = openWindow(secrets);
  const a = profileOf(window, 'A');
  secrets.locked = true;
  assert.equal(
    draw(await window.tenants.signIn(a, secret)),
    "storage | message: the editor's secret storage could not be written | store: secrets",
  );
  assert.equal(
    draw(await window.tenants.credentialsFor({ tenant: 'A', origin: a.origin })),
    "storage | message: the editor's secret storage could not be read | store: secrets",
  );
  assert.equal(await window.tenants.state(a), 'unavailable');
  assert.equal(
    draw(await window.tenants.signOut('A')),
    "storage | message: the editor's secret storage could not be written | store: secrets",
  );
  assert.deepEqual(
    window.forgotten,
    ['A https://a.test'],
    'signing out ends this window’s use of the token all the same',
  );
  assert.equal(window.memory.size, 0);
});

test('what something else wrote under our key counts as no credentials', async () => {
  const secrets = new SharedSecrets();
  const window = openWindow(secrets);
  const a = profileOf(window, 'A');
  await window.tenants.signIn(a, secret);
  const [key] = secrets.stored.keys();
  for (const text of ['', '{', 'null', '7', '{"clientId":"id"}', '{"clientId":1,"clientSecret":2}']) {
    secrets.stored.set(key ?? '', text);
    assert.equal(await window.tenants.state(a), 'signed-out', text);
  }
});

test('the environment signs in its own tenant at its own address, and no other', async () => {
  const setting = [...twoTenants, { name: 'Local sandbox', url: environment.ZOQL_URL }];
  const window = openWindow(new SharedSecrets(), { setting, variables: environment });
  assert.equal(window.tenants.active()?.name, 'Local sandbox');
  assert.equal(await window.tenants.state(profileOf(window, 'Local sandbox')), 'environment');
  assert.equal(await window.tenants.state(profileOf(window, 'A')), 'signed-out');
  const ask = async (tenant: string, origin: string) => (await window.tenants.credentialsFor({ tenant, origin })).ok;
  assert.equal(await ask('Local sandbox', environment.ZOQL_URL), true);
  assert.equal(await ask('Local sandbox', 'https://a.test'), false);
  assert.equal(await ask('A', environment.ZOQL_URL), false);
  assert.doesNotMatch(inspect([window.tenants.all(), window.tenants.problems()], { depth: 9 }), /planted/);
});

test('the environment’s sign-in is renewed without a secret being stored', () => {
  const secrets = new SharedSecrets();
  const window = openWindow(secrets, { setting: [], variables: environment });
  const [profile] = window.tenants.all();
  assert.ok(profile);
  window.tenants.renew(profile);
  assert.deepEqual(window.forgotten, [`${profile.name} ${environment.ZOQL_URL}`]);
  assert.equal(window.changes(), 1);
  assert.equal(secrets.stored.size, 0);
});

test('the active tenant is what was selected here, else the only one', async () => {
  const memory = new Map<string, unknown>();
  const window = openWindow(new SharedSecrets(), { memory });
  assert.equal(window.tenants.active(), undefined, 'two tenants and no choice');
  await window.tenants.select('B');
  assert.equal(window.tenants.active()?.name, 'B');
  assert.equal(window.changes(), 1);

  const reopened = openWindow(new SharedSecrets(), { memory });
  assert.equal(reopened.tenants.active()?.name, 'B');
  reopened.current.setting = [{ name: 'A', url: 'https://a.test' }];
  reopened.tenants.reload();
  assert.equal(reopened.tenants.active()?.name, 'A', 'B is gone, and one is left');
  assert.equal(openWindow(new SharedSecrets(), { setting: [] }).tenants.active(), undefined);
});

test('a disposed window hears nothing more', async () => {
  const secrets = new SharedSecrets();
  const [here, there] = [openWindow(secrets), openWindow(secrets)];
  there.tenants.dispose();
  await here.tenants.signIn(profileOf(here, 'A'), secret);
  assert.deepEqual(there.forgotten, []);
  assert.equal(there.changes(), 0);
});

test('for a session only: this window signs in, and nothing is stored', async () => {
  const secrets = new SharedSecrets();
  const [here, there] = [openWindow(secrets), openWindow(secrets)];
  const a = profileOf(here, 'A');
  await here.tenants.signIn(a, secret);
  const own = { clientId: 'own', clientSecret: 'planted-own' };
  await here.tenants.signIn(a, own, 'session');
  const ask = async ({ tenants }: typeof here) => draw(await tenants.credentialsFor({ tenant: 'A', origin: a.origin }));
  assert.equal(await ask(here), 'ok {"clientId":"own","clientSecret":"planted-own"}');
  assert.equal(await ask(there), 'ok {"clientId":"id","clientSecret":"planted-secret"}');
  assert.deepEqual(await Promise.all([here, there].map(({ tenants }) => tenants.state(a))), ['session', 'signed-in']);
  assert.doesNotMatch(inspect([...secrets.stored, ...here.ownMemory, ...here.memory]), /planted-own/);

  assert.ok((await here.tenants.signOut('A')).ok);
  assert.equal(await here.tenants.state(a), 'signed-out');
  await here.tenants.signIn(profileOf(here, 'B'), own, 'session');
  assert.equal(await offered(here), 'B | b.test');
  assert.ok((await here.tenants.signOut('B')).ok);
  assert.equal(await offered(here), '');
});

test('an API access key signs in a tenant that says so, and no other', async () => {
  const secrets = new SharedSecrets();
  const setting = [{ name: 'A', url: 'https://a.test', signIn: 'apiAccessKey' }];
  const window = openWindow(secrets, { setting });
  const a = profileOf(window, 'A');
  const key = { apiAccessKeyId: 'user@a.test', apiSecretAccessKey: 'planted-password' };
  await window.tenants.signIn(a, key);
  assert.equal(
    draw(await window.tenants.credentialsFor({ tenant: 'A', origin: a.origin })),
    'ok {"apiAccessKeyId":"user@a.test","apiSecretAccessKey":"planted-password"}',
  );
  window.current.setting = [{ name: 'A', url: 'https://a.test' }];
  window.tenants.reload();
  assert.equal(await window.tenants.state(profileOf(window, 'A')), 'signed-out', 'an OAuth client is asked for');
});

/** What a team's file comes to beside the person's own tenants. */
function drawTeam(text: string, setting: unknown = []): string {
  const { profiles, proposed, problems } = readProfiles({
    setting,
    variables: {},
    team: readTeamFiles([{ label: 'zoql.tenants.json', text }]),
  });
  return [
    ...profiles.map(({ name, origin, source }) => `${name} | ${origin} | ${source}`),
    ...proposed.map(
      ({ name, origin, kind, readOnly }) => `? ${name} | ${origin} | ${kind}${readOnly ? ' | read-only' : ''}`,
    ),
    ...problems.map(problem => `✗ ${problem}`),
  ].join('\n');
}

for (const [name, text, expected, setting] of [
  [
    'proposes tenants',
    '{ "tenants": [{ "name": "P", "dataCenter": "EU Production" }, { "name": "S", "url": "https://s.test", "readOnly": true }] }',
    '? P | https://rest.eu.zuora.com | production\n? S | https://s.test | custom | read-only',
  ],
  [
    'gives way to the person’s own of the same name',
    '{ "tenants": [{ "name": "a", "url": "https://evil.test" }, { "name": "B", "url": "https://b.test" }] }',
    'A | https://a.test | settings\nB | https://b.test | settings\n✗ zoql.tenants.json names "a" at evil.test. Yours at a.test is used instead.',
    twoTenants,
  ],
  [
    'cannot take the guard off a production data center',
    '{ "tenants": [{ "name": "P", "dataCenter": "EU Production", "kind": "sandbox" }] }',
    '? P | https://rest.eu.zuora.com | production\n✗ tenants[0] of zoql.tenants.json cannot make a sandbox of rest.eu.zuora.com, which is a production data center.',
  ],
  [
    'with a secret in it',
    '{ "tenants": [{ "name": "P", "dataCenter": "EU Production", "clientSecret": "planted" }] }',
    '✗ tenants[0] of zoql.tenants.json is left out: it holds "clientSecret", and credentials do not belong there. Remove it, have Zuora revoke it if others could read it, and run ZOQL: Sign In.',
  ],
  [
    'with a name twice and an address that is none',
    '{ "tenants": [{ "name": "P", "url": "https://p.test" }, { "name": "p", "url": "https://q.test" }, { "name": "H", "url": "http://h.test" }] }',
    '? P | https://p.test | custom\n✗ tenants[1] of zoql.tenants.json is left out: an earlier tenant is already called "p".\n✗ tenants[2] of zoql.tenants.json is left out: the url of "H" must begin with https:// (http:// is only for this computer).',
  ],
  ['that is a list', '[]', '✗ zoql.tenants.json is left out: it must be an object with a list called tenants.'],
  ['that is empty', '', '✗ zoql.tenants.json is left out: it is not JSON.'],
  ['too large', ' '.repeat(1_000_001), '✗ zoql.tenants.json is left out: it has more than 1 MB.'],
] as const) {
  test(`a team's file ${name}`, () => assert.equal(drawTeam(text, setting), expected));
}

test('a host that is none of Zuora’s is told as such, whatever kind a file gives it', async () => {
  const text = '{ "tenants": [{ "name": "P", "url": "https://rest.zuora.com.evil.test", "kind": "production" }] }';
  const [profile] = readTeamFiles([{ label: 'zoql.tenants.json', text }]).profiles;
  assert.ok(profile);
  assert.match(
    proposalInWords(profile),
    /^Address: rest\.zuora\.com\.evil\.test, which is none of Zuora’s data centers\n/,
  );
  const { tenants } = openWindow(new SharedSecrets());
  assert.equal(tenants.hosts.isKnownHost(profile.origin), false);
  await tenants.approve(profile);
  assert.equal(tenants.hosts.isKnownHost(profile.origin), true);
});

test('a file that is no JSON is not quoted', () => {
  assert.doesNotMatch(drawTeam('{ "tenants": [{ "clientSecret": planted-7 }] }'), /planted/);
});

test('a tenant of a team’s file is used once approved, and asks again when the file names another place', async () => {
  const ownMemory = new Map<string, unknown>();
  const team = (more: string) =>
    readTeamFiles([{ label: 'zoql.tenants.json', text: `{ "tenants": [{ "name": "T", ${more} }] }` }]);
  const window = openWindow(new SharedSecrets(), { setting: [], ownMemory, team: team('"url": "https://t.test"') });
  const [proposed] = window.tenants.proposed();
  assert.ok(proposed);
  assert.equal(window.tenants.active(), undefined);
  assert.equal(
    proposalInWords(proposed),
    `Address: t.test, which is none of Zuora’s data centers

It comes from zoql.tenants.json of this workspace. What you sign in with is sent to this address. If the file names another one later, you are asked again.`,
  );
  await window.tenants.approve(proposed);
  assert.equal(window.tenants.active()?.origin, 'https://t.test');
  assert.equal(window.tenants.hosts.isKnownHost('https://t.test'), true);

  for (const more of [
    '"url": "https://evil.test"',
    '"url": "https://t.test", "entityIds": "e-1"',
    '"url": "https://t.test", "signIn": "apiAccessKey"',
  ]) {
    window.current.team = team(more);
    window.tenants.reload();
    assert.deepEqual([window.tenants.all().length, window.tenants.proposed().length], [0, 1], more);
  }
  const reopened = openWindow(new SharedSecrets(), { setting: [], ownMemory, team: team('"url": "https://t.test"') });
  assert.equal(reopened.tenants.active()?.name, 'T');
  await reopened.tenants.withdraw(proposed);
  assert.equal(reopened.tenants.active(), undefined);
});

test('the entries of the setting: one more, one changed, one less, and what is beside them stays', () => {
  const setting = [{ name: ' A ', url: 'https://a.test', kind: 'production' }, 'nonsense', { name: 'B' }];
  assert.deepEqual(withEntry(undefined, { name: 'N', dataCenter: 'EU Production' }), [
    { name: 'N', dataCenter: 'EU Production' },
  ]);
  assert.deepEqual(withEntry(setting, { name: 'N', url: 'https://n.test' }).slice(0, 3), setting);
  assert.deepEqual(withChange(setting, 'A', { url: undefined, dataCenter: 'EU Production', readOnly: true }), [
    { name: ' A ', kind: 'production', dataCenter: 'EU Production', readOnly: true },
    'nonsense',
    { name: 'B' },
  ]);
  assert.deepEqual(withoutEntry(setting, 'A'), ['nonsense', { name: 'B' }]);
});
