import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { closeAll, showText, unfinishedJobFile } from '../../files';
import { submitOnce } from '../../queries';
import { jobLines } from '../../tree';

suite('before the restart', () => {
  test('a job of 50 queries is under way', async () => {
    await closeAll();
    await showText('slow.zoql', 'select Id from Product limit 1;\n'.repeat(50));
    await submitOnce();
    const [job] = await jobLines();
    assert.equal(job?.label, 'slow +49');
    assert.doesNotMatch(job.description, /completed/);
    const id = /[0-9a-f]{32}/.exec(job.description)?.[0];
    assert.ok(id, job.description);
    writeFileSync(unfinishedJobFile(), id);
  });
});
