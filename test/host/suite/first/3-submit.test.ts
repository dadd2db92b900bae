import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { closeAll, journalFolder, replaceUnsaved, showText } from '../files';
import { submitOnce } from '../queries';
import { submits } from '../standIn';
import { jobLines } from '../tree';
import { until } from '../until';

suite('submit', () => {
  suiteSetup(async () => {
    await closeAll();
    await showText(
      'accounts.zoql',
      `-- @name Active accounts
select Name, -- shown first
  AccountNumber
from Account where Status = 'Active';`,
    );
    await showText('sub.zql', "select Id, Name from Subscription where Status = 'Active';\nselect Id from Product");
    // What is in the editor counts, not what is on disk.
    const text = 'select Account.Name, Balance /* open */ from Invoice order by Balance';
    await replaceUnsaved(await showText('invoices.zoql', text), 'order by Balance', 'limit 3');
  });

  test('sends the queries of the open files as one job, once, as they stand in the editors', async () => {
    assert.deepEqual(await submits(), []);
    const received = await submitOnce();
    assert.deepEqual(JSON.parse(received.body), {
      useQueryLabels: true,
      queries: [
        {
          name: 'Active accounts',
          type: 'zoql',
          query: "select Name, \n  AccountNumber\nfrom Account where Status = 'Active'",
        },
        { name: 'sub', type: 'zoql', query: "select Id, Name from Subscription where Status = 'Active'" },
        { name: 'sub-2', type: 'zoql', query: 'select Id from Product' },
        { name: 'invoices', type: 'zoqlexport', query: 'select Account.Name, Balance   from Invoice limit 3' },
      ],
    });
    const { headers } = received;
    assert.equal(headers['content-type']?.split(';')[0], 'application/json');
    assert.match(headers['idempotency-key'] ?? '', /^[\x21-\x7e]{16,255}$/);
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(headers['zuora-entity-ids'], undefined);
    assert.equal(received.status, 200);
  });

  test('wrote the job down where the next start looks for it', () => {
    assert.equal(readdirSync(journalFolder()).filter(name => name.endsWith('.jsonl')).length, 1);
  });

  test('shows the job with the IDs that came back, and asks until it is completed', async () => {
    const [job] = await until(jobLines, ([newest]) => /completed/i.test(newest?.description ?? ''), {
      what: 'a completed job',
    });
    assert.ok(job);
    const answer = await jobFromStandIn();
    assert.match(job.description, new RegExp(answer.id));
    assert.deepEqual(
      job.below.map(batch => batch.label),
      ['Active accounts', 'sub', 'sub-2', 'invoices'],
    );
    assert.equal(answer.batches.length, 4);
    for (const [index, batch] of answer.batches.entries()) {
      const shown = (job.below[index]?.description ?? '').replaceAll(',', ''); // 1,234 records
      assert.match(shown, new RegExp(batch.batchId));
      assert.match(shown, /completed/i);
      assert.match(shown, new RegExp(`\\b${batch.recordCount}\\b`));
    }
  });
});

/** The job as the stand-in knows it, asked with a token of our own: the IDs that the tree has to show. */
async function jobFromStandIn(): Promise<JobAnswer> {
  const { ZOQL_URL: url = '', ZOQL_CLIENT_ID: id = '', ZOQL_CLIENT_SECRET: secret = '' } = process.env;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const token = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body: form })).json()) as Token;
  const [job] = await jobLines();
  const shownId = /[0-9a-f]{32}/.exec(job?.description ?? '')?.[0];
  assert.ok(shownId, `the job's line holds its ID: ${job?.description}`);
  const response = await fetch(`${url}/v1/batch-query/jobs/${shownId}`, {
    headers: { Authorization: `Bearer ${token.access_token}` },
  });
  assert.equal(response.status, 200, 'the stand-in knows the ID that the tree shows');
  return (await response.json()) as JobAnswer;
}

interface Token {
  readonly access_token: string;
}

interface JobAnswer {
  readonly id: string;
  readonly batches: readonly { readonly batchId: string; readonly recordCount: number }[];
}
