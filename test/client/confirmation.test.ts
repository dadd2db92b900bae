import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import {
  confirmationRows,
  confirmationTitle,
  initialTicks,
  settleTicks,
  type ConfirmationRow,
} from '../../client/src/jobs/confirmation';
import { createPlan } from '../../client/src/jobs/plan';
import type { RequestSettings } from '../../client/src/jobs/settings';
import { createCatalogue, type CatalogueData } from '../../server/src/zoql/index';

const catalogue = createCatalogue(
  JSON.parse(readFileSync('server/src/zoql/catalogue.data.json', 'utf8')) as CatalogueData,
);
const tenant = { name: 'Sandbox', origin: 'https://rest.test.zuora.com', kind: 'US Developer & Central Sandbox' };

suite('the confirmation', () => {
  test('shows where to, how, and each query with its type, object and place', () => {
    const rows = rowsOf(
      {
        'accounts.zoql': 'select Id from Account;\n\n-- @name Paid\nselect Account.Name from Invoice',
        'notes.zoql': '-- later',
      },
      { 'zoql.job.format': 'gzip', 'zoql.job.useQueryLabels': true, 'zoql.job.offset': null, 'zoql.job.partner': '' },
    );
    assert.equal(
      drawn(rows, initialTicks(rows)),
      `--- sent to
[x] Sandbox | https://rest.test.zuora.com · US Developer & Central Sandbox
[x] Options | format gzip · useQueryLabels true
--- queries
[x] accounts | ZOQL · Account | accounts.zoql, line 1
[x] Paid | Export ZOQL · Invoice | accounts.zoql, line 4
--- left out: no statement
[ ] notes.zoql | `,
    );
  });

  test('shows the address that Zuora is to call, and extra headers by their names only', () => {
    const notifyUrl = 'https://hooks.example.com/?j=${JOBID}&s=${STATUS}';
    const rows = rowsOf(
      { 'a.zoql': 'select Id from Account' },
      {
        'zoql.job.notifyUrl': notifyUrl,
        'zoql.request.acceptGzip': true,
        'zoql.request.gzipBody': false,
        'zoql.request.extraHeaders': { 'X-Team': 'billing' },
      },
    );
    const text = drawn(rows, []);
    assert.ok(text.includes(`notifyUrl | ${notifyUrl}`), text);
    assert.ok(text.includes('Options | acceptGzip true · extraHeaders X-Team'), text);
  });

  test('a query with an error has no tick at first, and says why', () => {
    const rows = rowsOf({ 'a.zoql': 'select Id from Account', 'b.zoql': 'select Id, from Account' });
    const text = drawn(rows, initialTicks(rows));
    assert.match(
      text,
      /\[x\] a \|[^\n]*\n--- not ticked: error found\n\[ \] b \| ZOQL · Account \| .+ · b\.zoql, line 1/,
    );
  });

  test('ticking it asks first; once allowed it can be ticked and unticked', () => {
    const rows = rowsOf({ 'b.zoql': 'select Id, from Account' });
    const faulty = rows.find(row => row.kind === 'query');
    assert.ok(faulty);
    const ticked = new Set([...initialTicks(rows), faulty]);

    const before = settleTicks({ rows, ticked, allowed: new Set() });
    assert.deepEqual([before.asked, before.ticked.includes(faulty)], [[faulty], false]);
    const after = settleTicks({ rows, ticked, allowed: new Set([faulty]) });
    assert.deepEqual([after.asked, after.ticked.includes(faulty)], [[], true]);
  });

  test('what goes out with every query keeps its tick, what is left out takes none', () => {
    const rows = rowsOf({ 'a.zoql': 'select Id from Account', 'notes.zoql': '' });
    const leftOut = rows.filter(row => row.kind === 'left-out');
    assert.equal(leftOut.length, 1);
    const { ticked } = settleTicks({ rows, ticked: new Set(leftOut), allowed: new Set() });
    assert.deepEqual(
      ticked.map(({ kind }) => kind),
      ['fact'],
    );
  });

  test('names chosen files that are not ZOQL', () => {
    const rows = rowsOf({ 'a.zoql': 'select Id from Account' }, {}, ['notes.txt', 'report.sql']);
    assert.match(drawn(rows, []), /--- left out: not ZOQL\n\[ \] notes\.txt \| \n\[ \] report\.sql \| $/);
  });

  test('its title counts what would go out, and says what they are taken of where it is not all that is open', () => {
    assert.equal(confirmationTitle({ count: 3, tenant, of: undefined }), 'Submit 3 queries as one AQuA job to Sandbox');
    assert.equal(
      confirmationTitle({ count: 1, tenant, of: 'accounts.zoql' }),
      'Submit 1 query of accounts.zoql as one AQuA job to Sandbox',
    );
  });
});

/** The rows for files, given as name to text. */
function rowsOf(
  files: Record<string, string>,
  settings: RequestSettings = {},
  notZoql: readonly string[] = [],
): ConfirmationRow[] {
  const documents = Object.entries(files).map(([name, text]) => ({
    uri: `file:///w/${name}`,
    baseName: name,
    relativePath: name,
    text,
  }));
  const { queries, withoutStatement } = createPlan(documents, { catalogue, queryType: 'auto' });
  return confirmationRows({ tenant, settings, queries, withoutStatement, notZoql });
}

function drawn(rows: readonly ConfirmationRow[], ticked: readonly ConfirmationRow[]): string {
  return rows
    .map(row => {
      if (row.kind === 'heading') return `--- ${row.label}`;
      const detail = row.kind === 'query' ? ` | ${row.detail}` : '';
      return `[${ticked.includes(row) ? 'x' : ' '}] ${row.label} | ${row.description}${detail}`;
    })
    .join('\n');
}
