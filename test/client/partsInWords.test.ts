import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiskFault, Job } from '../../client/src/jobs/model';
import { partsInWords } from '../../client/src/jobs/partsInWords';
import { added, answer, testStore } from './jobParts';

test('a split says which parts made jobs, and why the others did not', async t => {
  const { store } = testStore(t);
  const key = await added(store);
  await store.applyAnswer(key, answer('job1', 'submitted'));
  const made = store.get(key);
  assert.ok(made);
  const refused: Job = {
    ...made,
    id: undefined,
    phase: 'refused',
    failure: { kind: 'rejected', status: 200, message: 'There is no field named Balanse.', code: '90005' },
  };
  const queued: Job = { ...made, id: undefined, phase: 'queued' };
  const full: DiskFault = { kind: 'disk', code: 'ENOSPC', message: 'the disk is full' };

  assert.deepEqual(partsInWords([made, made], 'Sandbox'), {
    message: 'All 2 jobs were submitted to Sandbox.',
    complete: true,
  });
  assert.deepEqual(partsInWords([made, queued], 'Sandbox'), {
    message: '1 of 2 jobs were submitted to Sandbox: 1/2. 2/2 will be sent when the tenant has room.',
    complete: true,
  });
  assert.deepEqual(partsInWords([made, refused, full], 'Sandbox'), {
    message:
      '1 of 3 jobs were submitted to Sandbox: 1/3. ' +
      '2/3: rest.test.zuora.com refused it: There is no field named Balanse (code 90005). Zuora could not read one of the queries, or knows no object or field of a name in it. No job was made; the request is kept. Mend the query and submit again. ' +
      '3/3: not sent and not in the list, because it could not be written down: the disk is full. ' +
      'Send Again in the list sends a part without making a second job of the others.',
    complete: false,
  });
});
