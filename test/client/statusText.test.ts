import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusText } from '../../client/src/jobs/statusText';
import { readProfiles } from '../../client/src/tenants/profiles';
import { ended, hour, job, minute, now, sandbox } from './sampleJobs';

const { profiles } = readProfiles({
  setting: [
    { name: 'acme-eu', dataCenter: 'EU Production' },
    { name: 'Sandbox', dataCenter: 'US Developer & Central Sandbox' },
    { name: 'A tenant with a name that is far too long', url: 'https://zuora.acme.test' },
  ],
  variables: {},
});
const [production, test1, own] = profiles;
const lookedAt = now - hour;
const eu = { tenant: 'acme-eu', origin: 'https://rest.eu.zuora.com' };
const running = ended('executing', ['executing'], { phase: 'running', finishedAt: undefined });
const failed = ended('aborted', ['aborted'], { finishedAt: now - minute });

test('the tenant alone, in words where it is production', () => {
  const text = (profile: typeof production) => statusText({ profile, jobs: [], lookedAt }).text;
  assert.equal(text(test1), '$(server-environment) Sandbox');
  assert.equal(text(production), '$(server-environment) PRODUCTION · acme-eu');
  assert.equal(text(own), '$(server-environment) A tenant with a name that is …');
  assert.equal(text(undefined), '$(server-environment) Select Tenant');
});

test('how many of its jobs are under way, and have failed since somebody looked', () => {
  const seen = { ...failed, finishedAt: lookedAt };
  const unknown = job({ phase: 'unknown', failure: { kind: 'canceled', sent: 'maybe' }, updatedAt: now });
  const jobs = [running, running, job({ phase: 'queued' }), failed, seen, unknown, ended('completed', ['completed'])];
  const { text, tooltip, spoken } = statusText({ profile: test1, jobs, lookedAt });
  assert.equal(text, '$(server-environment) Sandbox  $(sync~spin) 3  $(error) 2');
  assert.equal(
    tooltip,
    `ZOQL: new jobs go to Sandbox
US Developer & Central Sandbox, sandbox (rest.test.zuora.com)
2 jobs running, 1 job queued or being sent
2 jobs failed since you last looked
Click to show the jobs.`,
  );
  assert.equal(
    spoken,
    'ZOQL: active tenant Sandbox, sandbox, 2 jobs running, 1 job queued or being sent, 2 jobs failed since you last looked.',
  );
});

test('of other tenants in the tooltip, where there is something to tell', () => {
  const jobs = [
    { ...running, scope: sandbox },
    { ...failed, scope: sandbox },
    { ...failed, scope: eu },
  ];
  const { text, tooltip } = statusText({ profile: production, jobs, lookedAt });
  assert.equal(text, '$(server-environment) PRODUCTION · acme-eu  $(error) 1');
  assert.match(tooltip, /\nno job is running\n1 job failed since you last looked\nSandbox: 1 under way, 1 failed\n/);
});
