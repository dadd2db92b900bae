import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JobFilter } from '../../client/src/jobs/filter';
import { createJobLines, jobsAtOnce, type TreeNode } from '../../client/src/jobs/lines';
import type { Job } from '../../client/src/jobs/model';
import { readProfiles, type TenantProfile } from '../../client/src/tenants/profiles';
import { day, ended, hour, job, minute, now, sandbox } from './sampleJobs';

const production = { tenant: 'acme-eu', origin: 'https://rest.eu.zuora.com' };

const { profiles } = readProfiles({
  setting: [
    { name: 'Sandbox', dataCenter: 'US Developer & Central Sandbox' },
    { name: 'acme-eu', dataCenter: 'EU Production' },
    { name: 'own', url: 'https://zuora.acme.test' },
  ],
  variables: {},
});

/** A view on these jobs, given newest first, as one who looks at it at the time `now`. */
function view(given: readonly Job[], { active = 'Sandbox' }: { active?: string | undefined } = {}) {
  let jobs = given;
  let time = now;
  let opened = 0;
  let activeName: string | undefined = active;
  const find = (key: string) => jobs.find(each => each.key === key);
  const tenants = {
    all: (): readonly TenantProfile[] => profiles,
    active: () => profiles.find(({ name }) => name === activeName),
  };
  const source = {
    all: () => jobs,
    find,
    get: () => undefined, // What is not in memory has to be opened, and is counted.
    open: (key: string) => (opened++, Promise.resolve(find(key))),
  };
  const lines = createJobLines({ source, tenants, now: () => time });
  const nameOf = async (node: TreeNode) => (await lines.line(node))?.label ?? 'removed';
  const names = async (nodes: readonly TreeNode[] | 'all') =>
    nodes === 'all' ? 'all' : Promise.all(nodes.map(nameOf));
  /** Every line as VS Code would draw it, those with something below with `v` where they come open, else with `>`. */
  const drawn = async (levels = 2, node?: TreeNode, indent = ''): Promise<string> => {
    const texts: string[] = [];
    for (const child of await lines.children(node)) {
      const line = await lines.line(child);
      assert.ok(line);
      const mark = line.first === undefined ? ' ' : line.first === 'expanded' ? 'v' : '>';
      texts.push(`${indent}${mark} ${line.label}${line.description && ` | ${line.description}`}`);
      if (1 < levels) texts.push(await drawn(levels - 1, child, `${indent}  `));
    }
    return texts.filter(Boolean).join('\n');
  };
  return {
    lines,
    opened: () => opened,
    drawn,
    /** Puts another job in the place of one, or adds it, and names the lines that are drawn again. */
    change: async (...changed: readonly Job[]) => {
      const others = jobs.filter(({ key }) => changed.every(each => each.key !== key));
      jobs = [...changed, ...others].sort((a, b) => (a.key < b.key ? 1 : -1));
      lines.outdate();
      return names(lines.changed(changed.map(({ key }) => key)));
    },
    remove: async (key: string) => {
      jobs = jobs.filter(each => each.key !== key);
      lines.outdate();
      return names(lines.changed([key]));
    },
    pass: async (milliseconds: number) => {
      time += milliseconds;
      return names(lines.aged());
    },
    select: async (name: string) => {
      activeName = name;
      lines.outdate();
      return names(lines.changed([]));
    },
    filter: (filter: JobFilter | undefined) => lines.setFilter(filter),
  };
}

/** Key `k9` is newer than `k1`. */
function completed(key: string, rest: Partial<Job> = {}): Job {
  return ended('completed', ['completed'], { key, id: key, ...rest });
}

const running = { phase: 'running', status: 'executing', startedAt: now - 5 * minute, finishedAt: undefined } as const;

suite('the lines of the view', () => {
  test('are tenants with their jobs: the active one first and open, then the others, last those of former settings', async () => {
    const jobs = [
      completed('k6', { name: 'six' }),
      ended('', ['completed', 'executing'], { key: 'k5', id: 'k5', name: 'five', ...running, scope: production }),
      ended('aborted', ['aborted'], { key: 'k4', id: 'k4', name: 'four', scope: production }),
      completed('k3', { name: 'three', scope: { tenant: 'own', origin: 'https://zuora.acme.test' } }),
      completed('k2', { name: 'two', scope: { tenant: 'left', origin: 'https://rest.na.zuora.com' } }),
      // The name is there, at another address: these jobs are at the former one.
      completed('k1', { name: 'one', scope: { tenant: 'Sandbox', origin: 'https://rest.sandbox.na.zuora.com' } }),
    ];
    assert.equal(
      await view(jobs, { active: 'acme-eu' }).drawn(),
      `v PRODUCTION · acme-eu | active · EU Production · 1 running · 1 failed · 2 jobs
  v five | executing · 1/2 · 617 records · for 5 min · k5
  v four | aborted · 0/1, 1 failed · took 4 min · 5 min ago · k4
> Sandbox | US Developer & Central Sandbox · 1 job
  > six | completed · 617 records · took 4 min · 5 min ago · k6
> own | zuora.acme.test · own address · 1 job
  > three | completed · 617 records · took 4 min · 5 min ago · k3
> left | rest.na.zuora.com · not in the settings · 1 job
  > two | completed · 617 records · took 4 min · 5 min ago · k2
> Sandbox | rest.sandbox.na.zuora.com · not in the settings · 1 job
  > one | completed · 617 records · took 4 min · 5 min ago · k1`,
    );
  });

  test('tell a tenant to those who cannot see it', async () => {
    const { lines } = view([completed('k1', { scope: production })], { active: 'acme-eu' });
    const [tenant] = await lines.children();
    assert.ok(tenant);
    assert.equal((await lines.line(tenant))?.spoken, 'Tenant acme-eu, active, EU Production, production, 1 job.');
  });

  test('are none without a job, so that the view says how to begin; with one, the active tenant has its line', async () => {
    assert.equal(await view([]).drawn(), '');
    assert.equal(
      await view([completed('k1', { scope: production })]).drawn(1),
      '  Sandbox | active · US Developer & Central Sandbox · 0 jobs\n> PRODUCTION · acme-eu | EU Production · 1 job',
    );
  });

  test('below a job are its batches, open where there is news', async () => {
    const failed = ended('aborted', ['completed', 'aborted'], { key: 'k1', name: 'Nightly' });
    assert.equal(
      await view([failed]).drawn(3),
      `v Sandbox | active · US Developer & Central Sandbox · 1 failed · 1 job
  v Nightly | aborted · 1/2, 1 failed · 617 records · took 4 min · 5 min ago · j1
      accounts | completed · 617 records · b1
      invoices | aborted · b2`,
    );
  });

  test('have the pinned jobs first, and the jobs of a split together, in their order', async () => {
    const part = (key: string, index: number) => completed(key, { group: { id: 'g', index, count: 3 } });
    const jobs = [
      part('k7', 3),
      completed('k6'),
      part('k5', 2),
      part('k4', 1),
      completed('k3', { pinned: true }),
      completed('k2'),
    ];
    const { lines } = view(jobs);
    const keys = async () => {
      const [tenant] = await lines.children();
      return (await lines.children(tenant)).map(node => ('key' in node ? node.key : node.kind)).join(' ');
    };
    assert.equal(await keys(), 'k3 k4 k5 k7 k6 k2');
    assert.equal((await lines.line({ kind: 'job', key: 'k5' }))?.description.includes('part 2 of 3'), true);
  });

  test('know their parents, so that each can be shown', async () => {
    const { lines } = view([ended('aborted', ['aborted'], { key: 'k1' })]);
    const [tenant] = await lines.children();
    const [first] = await lines.children(tenant);
    assert.ok(first);
    const [batch] = await lines.children(first);
    assert.ok(batch);
    assert.equal(lines.parent(batch), first, 'the same object: VS Code knows a line by it');
    assert.equal(lines.parent(first), tenant);
    assert.equal(lines.parent({ kind: 'job', key: 'removed' }), undefined);
  });
});

suite('the lines of the view are drawn again', () => {
  const jobs = [
    ended('', ['completed', 'executing'], { key: 'k3', name: 'three', ...running }),
    completed('k2', { name: 'two', scope: production }),
    completed('k1', { name: 'one' }),
  ];

  test('where a job has changed; its tenant too where that counts it otherwise', async () => {
    const { change, drawn } = view(jobs);
    await drawn();
    assert.deepEqual(await change(ended('', ['completed', 'completed'], { key: 'k3', name: 'three', ...running })), [
      'three',
    ]);
    assert.deepEqual(await change(completed('k3', { name: 'three' })), ['Sandbox']);
    assert.deepEqual(await change(completed('k1', { name: 'one', pinned: true })), ['Sandbox']);
  });

  test('where a job came or went, and from the top where a tenant did', async () => {
    const { change, drawn, remove, select } = view(jobs);
    await drawn();
    assert.deepEqual(await change(completed('k4', { name: 'four' })), ['Sandbox']);
    await drawn();
    assert.deepEqual(await remove('k4'), ['Sandbox']);
    await drawn();
    assert.deepEqual(await remove('k2'), 'all');
    await drawn();
    assert.deepEqual(await change(completed('k5', { scope: production })), 'all');
    await drawn();
    assert.deepEqual(await select('acme-eu'), 'all');
  });

  test('not where nobody has asked for them', async () => {
    const { lines, change } = view(jobs);
    assert.deepEqual(await change(completed('k4')), []);
    const [tenant] = await lines.children();
    assert.ok(tenant);
    await lines.line(tenant);
    // A line that is closed has nothing drawn below it, but counts.
    assert.deepEqual(await change(ended('', ['completed', 'completed'], { key: 'k3', ...running })), []);
    assert.deepEqual(await change(completed('k3')), ['Sandbox']);
  });

  test('as time passes, where their words have changed', async () => {
    const { pass, drawn } = view([
      ...jobs,
      completed('k0', { name: 'old', createdAt: now - 5 * day, finishedAt: now - 5 * day }),
    ]);
    await drawn();
    assert.deepEqual(await pass(20_000), []);
    assert.deepEqual(await pass(40_000), ['three', 'one', 'two']);
    await drawn();
    assert.deepEqual(await pass(2 * hour), ['three', 'one', 'two']);
  });
});

suite('10,000 jobs', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => completed(`k${String(99_999 - index)}`));

  test('are a hundred lines, of which none is opened', async () => {
    const { lines, drawn, opened } = view(many);
    const text = await drawn();
    assert.equal(text.split('\n').length, 1 + jobsAtOnce + 1);
    assert.match(text, /^v Sandbox \| active · US Developer & Central Sandbox · 10,000 jobs\n/);
    assert.match(text, /\n {4}Show 100 older of 9,900$/);
    assert.equal(opened(), 0);
    const [tenant] = await lines.children();
    const [first] = await lines.children(tenant);
    assert.ok(first);
    await lines.children(first);
    assert.equal(opened(), 1);
  });

  test('draw again only what is shown', async () => {
    const { change, drawn, pass } = view(many);
    await drawn();
    assert.deepEqual(await change(completed('k95000', { note: 'far below' })), []);
    assert.deepEqual(await change(completed('k99950', { name: 'shown' })), ['shown']);
    assert.equal((await pass(hour)).length, jobsAtOnce);
  });

  test('come a hundred at a time, and the last line ends with them', async () => {
    const { lines, drawn } = view(many.slice(0, 250));
    await drawn();
    const [tenant] = await lines.children();
    assert.ok(tenant?.kind === 'tenant');
    assert.deepEqual(lines.showOlder(tenant), { kind: 'job', key: 'k99899' });
    assert.match(await drawn(), / Show the last 50$/);
    lines.showOlder(tenant);
    const text = await drawn();
    assert.equal(text.split('\n').length, 251);
    assert.doesNotMatch(text, /Show/);
  });

  test('show an old job that is asked for', async () => {
    const { lines } = view(many);
    assert.equal(lines.uncover('k99950'), false);
    assert.equal(lines.uncover('k99700'), true);
    const [tenant] = await lines.children();
    const shown = await lines.children(tenant);
    assert.ok(shown.some(node => 'key' in node && node.key === 'k99700'));
    assert.equal(shown.length, 301);
  });
});

suite('a filter', () => {
  const jobs = [
    ended('', ['executing'], { key: 'k3', name: 'three', ...running }),
    ended('aborted', ['aborted'], { key: 'k2', name: 'two', scope: production }),
    completed('k1', { name: 'one', createdAt: now - 23 * hour }),
  ];

  test('leaves out jobs, and tenants without one; the others say how many are shown', async () => {
    const { filter, drawn, lines } = view(jobs);
    filter({ standings: ['running', 'failed'] });
    assert.equal(
      await drawn(),
      `v Sandbox | active · US Developer & Central Sandbox · 1 running · 1 of 2 jobs
  v three | executing · 0/1 · for 5 min · j1
> PRODUCTION · acme-eu | EU Production · 1 failed · 1 of 1 job
  v two | aborted · 0/1, 1 failed · took 4 min · 5 min ago · j1`,
    );
    assert.deepEqual(lines.counts(), { fitting: 2, total: 3 });
    filter({ standings: ['unknown'] });
    assert.equal(await drawn(), '');
    assert.deepEqual(lines.counts(), { fitting: 0, total: 3 });
    filter(undefined);
    assert.equal((await drawn(1)).split('\n').length, 2);
  });

  test('that a job no longer fits, or an age that it outgrows, takes its line away', async () => {
    const { filter, drawn, change, pass } = view(jobs);
    filter({ standings: ['running'] });
    await drawn();
    assert.deepEqual(await change(completed('k3', { name: 'three' })), 'all');
    filter({ within: day });
    await drawn();
    assert.deepEqual(await pass(2 * hour), ['Sandbox', 'two']);
  });

  test('gives way to a job that is to be shown', () => {
    const { filter, lines } = view([...jobs, job({ key: 'k0' })]);
    filter({ standings: ['running'] });
    assert.equal(lines.uncover('k3'), false);
    assert.equal(lines.uncover('k1'), true);
    assert.equal(lines.filter(), undefined);
    assert.equal(lines.uncover('removed'), false);
  });
});

test('a job without a place of its own in the settings keeps its line’s id when the settings change', async () => {
  const { lines } = view([completed('k1', { scope: sandbox })]);
  const [before] = await lines.children();
  lines.outdate();
  const [after] = await lines.children();
  assert.equal(before, after);
});
