import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  allow,
  carryOver,
  confirmationOf,
  confirmationRows,
  confirmationTitle,
  firstConfirmation,
  fixRows,
  isTicked,
  obstacles,
  settleTicks,
  untick,
  type Confirmation,
} from '../../client/src/jobs/confirmation';
import type { Finding } from '../../client/src/jobs/findings';
import { proposalOf } from './proposals';

suite('the confirmation', () => {
  test('shows where to, how, and each query with its type, object and place', () => {
    const confirmation = opened({
      files: {
        'accounts.zoql': 'select Id from Account;\n\n-- @name Paid\nselect Account.Name from Invoice',
        'notes.zoql': '-- later',
      },
      settings: {
        'zoql.job.format': 'gzip',
        'zoql.job.useQueryLabels': true,
        'zoql.job.offset': null,
        'zoql.job.partner': '',
      },
    });
    assert.equal(
      drawn(confirmation),
      `--- sent to
[x] Sandbox | https://rest.test.zuora.com · US Developer & Central Sandbox
[x] Options | format gzip · useQueryLabels true
--- queries
[x] accounts | ZOQL · Account | accounts.zoql, line 1
[x] Paid | Export ZOQL · Invoice | accounts.zoql, line 4
--- left out: no statement
[ ] notes.zoql |
--- the request
 >  Preview Request |
 >  Copy as cURL |`,
    );
  });

  test('shows the address that Zuora is to call, extra headers by their names only, and the stateful session', () => {
    const notifyUrl = 'https://hooks.example.com/?j=${JOBID}&s=${STATUS}';
    const confirmation = opened({
      files: { 'a.zoql': 'select Id from Account' },
      settings: {
        'zoql.job.notifyUrl': notifyUrl,
        'zoql.job.version': '1.1',
        'zoql.job.partner': 'acme',
        'zoql.job.project': 'nightly',
        'zoql.request.acceptGzip': true,
        'zoql.request.gzipBody': false,
        'zoql.request.extraHeaders': { 'X-Team': 'billing' },
      },
    });
    const text = drawn(confirmation);
    assert.ok(text.includes(`notifyUrl | ${notifyUrl}`), text);
    assert.ok(text.includes('acceptGzip true · extraHeaders X-Team'), text);
    assert.ok(text.includes('[x] Stateful session | partner acme · project nightly'), text);
  });

  test('says of an address for Zuora to call that it came with the workspace', () => {
    const notifyUrl = 'https://hooks.example.com/?j=${JOBID}&s=${STATUS}';
    const settings = { 'zoql.job.notifyUrl': notifyUrl, 'zoql.job.format': 'gzip' };
    const files = { 'a.zoql': 'select Id from Account' };
    const detailOf = (ofWorkspace: readonly (keyof typeof settings)[]) =>
      confirmationRows(opened({ files, settings, ofWorkspace })).flatMap(row =>
        row.kind === 'fact' && row.label === 'notifyUrl' ? [`${row.description} | ${row.detail ?? ''}`] : [],
      );
    assert.deepEqual(detailOf(['zoql.job.format']), [`${notifyUrl} | `]);
    assert.deepEqual(detailOf(['zoql.job.notifyUrl']), [
      `${notifyUrl} | Set by this workspace, not by you. Zuora calls this address with the job's ID and status`,
    ]);
  });

  test('a query with an error has no tick at first, and says why', () => {
    const confirmation = opened({ files: { 'a.zoql': 'select Id from Account', 'b.zoql': 'select Id, from Account' } });
    assert.match(
      drawn(confirmation),
      /\[x\] a \|[^\n]*\n--- not ticked: error found\n\[ \] b \| ZOQL · Account \| error: .+ · b\.zoql, line 1/,
    );
    assert.equal(confirmationTitle(confirmation), 'Submit 1 query as one AQuA job to Sandbox');
  });

  test('ticking it asks first; once allowed it can be ticked and unticked', () => {
    const first = opened({ files: { 'b.zoql': 'select Id, from Account' } });
    const rows = confirmationRows(first);
    const all = new Set(rows.filter(row => row.kind === 'query'));
    const before = settleTicks(rows, all, first.choice);
    assert.deepEqual([before.asked.map(({ label }) => label), before.choice.ticked.size], [['b'], 0]);

    const allowed = allow(first.choice, before.asked);
    assert.deepEqual([settleTicks(rows, all, allowed).asked, allowed.ticked.size], [[], 1]);
    assert.equal(settleTicks(rows, new Set(), allowed).choice.ticked.size, 0);
  });

  test('what goes out with every query keeps its tick; what is left out, found or done takes none', () => {
    const confirmation = opened({
      files: { 'a.zoql': 'select Id from Account', 'notes.zoql': '' },
      more: () => [about({ code: 'busy', weight: 'warns', message: 'The tenant is busy.' })],
    });
    const rows = confirmationRows(confirmation);
    const { choice, action } = settleTicks(rows, new Set(rows), confirmation.choice);
    const kinds = rows.filter(row => isTicked(row, choice)).map(({ kind }) => kind);
    assert.deepEqual([kinds, action], [['fact', 'query'], undefined]);
  });

  test('a row that does something does it when it alone is ticked, not with the box that ticks all', () => {
    const confirmation = opened({ files: { 'a.zoql': 'select Id from Account' } });
    const rows = confirmationRows(confirmation);
    const before = rows.filter(row => isTicked(row, confirmation.choice));
    const action = rows.filter(row => row.label === 'Preview Request');
    assert.equal(settleTicks(rows, new Set([...before, ...action]), confirmation.choice).action, 'preview');
    assert.equal(settleTicks(rows, new Set(rows), confirmation.choice).action, undefined);
  });

  test('names chosen files that are not ZOQL, and queries that are no longer in their files', () => {
    const confirmation = opened({
      files: { 'a.zoql': 'select Id from Account' },
      notZoql: ['notes.txt', 'report.sql'],
      gone: ['paid (invoices.zoql)'],
    });
    assert.match(
      drawn(confirmation),
      /--- left out: no longer in its file\n\[ \] paid \(invoices\.zoql\) \|\n--- left out: not ZOQL\n\[ \] notes\.txt \|\n\[ \] report\.sql \|\n/,
    );
  });

  test('its title says what the queries are taken of where it is not all that is open', () => {
    const files = { 'accounts.zoql': 'select Id from Account' };
    assert.equal(
      confirmationTitle(opened({ files, of: 'accounts.zoql' })),
      'Submit 1 query of accounts.zoql as one AQuA job to Sandbox',
    );
  });
});

suite('findings of the request', () => {
  test('stand at the top, the gravest first, and what can be mended is one row further', () => {
    const confirmation = opened({
      files: { 'a.zoql': 'select Id from Account' },
      settings: { 'zoql.job.name': 'x'.repeat(33) },
      more: () => [
        about({ code: 'note', weight: 'notes', message: 'A note.' }),
        about({ code: 'busy', weight: 'warns', message: 'The tenant is busy.' }),
      ],
    });
    assert.match(
      drawn(confirmation),
      /^--- findings\n {2}! zoql\.job\.name has 33 characters; Zuora takes at most 32\. \| blocks the submit\n {2}! The tenant is busy\. \|\n {2}! A note\. \|\n > {2}Fix findings… \(1\) \| Enter lists what can be done\n--- sent to/,
    );
  });

  test('what blocks lets nothing through', () => {
    const confirmation = opened({
      files: { 'a.zoql': 'select Id from Account' },
      settings: { 'zoql.job.name': 'x'.repeat(33) },
    });
    assert.deepEqual(
      [confirmation.plans.length, obstacles(confirmation).map(({ code }) => code)],
      [0, ['job-name-too-long']],
    );
  });

  test('without a tick nothing goes out', () => {
    const first = opened({ files: { 'a.zoql': 'select Id from Account' } });
    const none = confirmationOf(first.proposal, untick(first.choice, first.proposal, ['a']));
    assert.deepEqual([none.plans.length, obstacles(none).map(({ code }) => code)], [0, ['no-query']]);
  });

  test('two queries of one name block as long as both are ticked', () => {
    const files = { 'a.zoql': '-- @name x\nselect Id from Account', 'b.zoql': '-- @name x\nselect Id from Invoice' };
    const both = opened({ files });
    assert.deepEqual(
      obstacles(both).map(({ message }) => message),
      ['The name "x" is used by a.zoql line 2 and b.zoql line 2. Every query of a job needs its own.'],
    );
    const rows = confirmationRows(both).filter(row => row.kind === 'query');
    const one = confirmationOf(both.proposal, settleTicks(rows, new Set(rows.slice(0, 1)), both.choice).choice);
    assert.deepEqual(
      [obstacles(one), one.plans[0]?.queries.map(({ source }) => source.relativePath)],
      [[], ['a.zoql']],
    );
  });

  test('the list of fixes has a line for each, and says what it is about at the first', () => {
    const confirmation = opened({ files: queriesNamed(51), settings: { 'zoql.job.name': 'x'.repeat(33) } });
    const lines = fixRows(confirmation.findings).map(({ fix, finding, first }) => {
      return first ? `${fix.title}: ${finding.message}` : fix.title;
    });
    assert.deepEqual(lines, [
      'Split into 2 Jobs: 51 queries are chosen; Zuora takes at most 50 in one job. The first one too many is in q51.zoql line 1.',
      'Untick q51',
      'Shorten to "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": zoql.job.name has 33 characters; Zuora takes at most 32.',
      'Clear name',
      'Open Setting',
    ]);
  });
});

suite('more than 50 queries', () => {
  test('block, and go out as several jobs once a person has said so', () => {
    const whole = opened({ files: queriesNamed(60), settings: { 'zoql.job.name': 'Nightly' } });
    assert.deepEqual(
      [confirmationTitle(whole), obstacles(whole).map(({ code }) => code)],
      ['Submit 60 queries as one AQuA job to Sandbox', ['too-many-queries']],
    );
    const split = confirmationOf(whole.proposal, { ...whole.choice, split: true });
    assert.deepEqual([confirmationTitle(split), obstacles(split)], ['Submit 60 queries as 2 AQuA jobs to Sandbox', []]);
    assert.match(drawn(split), /\[x\] Split \| 2 jobs of 30 queries\n/);
    assert.deepEqual(
      split.plans.map(({ request, queries, group }) => {
        const body = JSON.parse(request.body) as { readonly name: string; readonly queries: readonly unknown[] };
        return [body.name, body.queries.length, queries[0]?.name, group];
      }),
      [
        ['Nightly 1/2', 30, 'q1', { id: 'group-1', index: 1, count: 2 }],
        ['Nightly 2/2', 30, 'q31', { id: 'group-1', index: 2, count: 2 }],
      ],
    );
  });

  test('of which some are unticked are one job again', () => {
    const whole = opened({ files: queriesNamed(51) });
    const split = { ...whole.choice, split: true };
    const less = confirmationOf(whole.proposal, untick(split, whole.proposal, ['q51']));
    assert.deepEqual(
      less.plans.map(({ queries, group }) => [queries.length, group]),
      [[50, undefined]],
    );
  });

  test('of one stateful session stay blocked: they cannot be split', () => {
    const settings = {
      'zoql.job.version': '1.1',
      'zoql.job.partner': 'acme',
      'zoql.job.project': 'nightly',
    } as const;
    const confirmation = opened({ files: queriesNamed(51), settings });
    const kinds = (found: readonly Finding[]) => found.map(({ code, fixes }) => [code, ...fixes.map(fix => fix.kind)]);
    const blocked = [
      ['too-many-queries', 'untick'],
      ['session-not-split', 'open-setting'],
    ];
    assert.deepEqual(kinds(obstacles(confirmation)), blocked);
    const split = confirmationOf(confirmation.proposal, { ...confirmation.choice, split: true });
    assert.deepEqual([kinds(obstacles(split)), split.plans], [blocked, []]);
  });
});

suite('after a change the choice is kept', () => {
  const files = {
    'a.zoql': 'select Id from Account',
    'b.zoql': 'select Id from Invoice',
    'c.zoql': 'select Id, from X',
  };

  test('by name: what was unticked stays so', () => {
    const first = opened({ files });
    const without = confirmationOf(first.proposal, untick(first.choice, first.proposal, ['b']));
    const moved = { 'new.zoql': 'select Id from Product', ...files, 'a.zoql': '\n\nselect Name from Account' };
    assert.deepEqual(chosen(carryOver(without, proposalOf({ files: moved }))), ['new', 'a']);
  });

  test('by place, where a fix has changed the name', () => {
    const first = opened({
      files: { 'a.zoql': '-- @name x\nselect Id from A', 'b.zoql': '-- @name x\nselect Id from B' },
    });
    const [, second] = confirmationRows(first).filter(row => row.kind === 'query');
    assert.ok(second);
    const one = confirmationOf(first.proposal, { ...first.choice, ticked: new Set(), allowed: new Set() });
    const both = confirmationOf(first.proposal, allow(one.choice, [second]));
    const renamed = { 'a.zoql': '-- @name x\nselect Id from A', 'b.zoql': '-- @name y\nselect Id from B' };
    assert.deepEqual(chosen(carryOver(both, proposalOf({ files: renamed }))), ['y']);
  });

  test('a mended query gets its tick; one that is broken meanwhile loses it', () => {
    const changed = { ...files, 'b.zoql': 'select Id, from Invoice', 'c.zoql': 'select Id from Contact' };
    assert.deepEqual(chosen(carryOver(opened({ files }), proposalOf({ files: changed }))), ['a', 'c']);
  });

  test('an error that was allowed is allowed for that text only', () => {
    const first = opened({ files });
    const rows = confirmationRows(first).flatMap(row => (row.kind === 'query' && row.label === 'c' ? [row] : []));
    const anyway = confirmationOf(first.proposal, allow(first.choice, rows));
    assert.deepEqual(chosen(carryOver(anyway, proposalOf({ files }))), ['a', 'b', 'c']);
    const edited = { ...files, 'c.zoql': 'select Id, Name, from X' };
    assert.deepEqual(chosen(carryOver(anyway, proposalOf({ files: edited }))), ['a', 'b']);
  });
});

function opened(given: Parameters<typeof proposalOf>[0]): Confirmation {
  return firstConfirmation(proposalOf(given));
}

function chosen({ plans }: Confirmation): readonly string[] {
  return plans.flatMap(({ queries }) => queries.map(({ name }) => name));
}

/** Files q1.zoql and so on, each with one query. */
function queriesNamed(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`q${index + 1}.zoql`, `select Id from Account limit ${index + 1}`]),
  );
}

function about(given: Pick<Finding, 'code' | 'weight' | 'message'>): Finding {
  return { ...given, query: undefined, fixes: [] };
}

/** A row a line: its tick, `!` for what was found, `>` for what does something. */
function drawn(confirmation: Confirmation): string {
  return confirmationRows(confirmation)
    .map(row => {
      if (row.kind === 'heading') return `--- ${row.label}`;
      const tick = isTicked(row, confirmation.choice) ? '[x]' : '[ ]';
      const mark = row.kind === 'finding' ? '  !' : row.kind === 'action' ? ' > ' : tick;
      const found = row.kind === 'query' ? row.findings.map(({ message }) => `error: ${message}`) : [];
      const detail = row.kind === 'query' ? ` | ${[...found, row.detail].join(' · ')}` : '';
      return `${mark} ${row.label} | ${row.description}${detail}`.trimEnd();
    })
    .join('\n');
}
