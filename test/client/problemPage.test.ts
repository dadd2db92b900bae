import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeProblem } from '../../client/src/problemPage';

test('a page says what a problem is and how to turn it off', () => {
  assert.equal(
    describeProblem('like-without-wildcard'),
    `# like-without-wildcard

A LIKE pattern has neither % nor _.

Usually a hint. A setting makes it graver or lighter, or turns it off:

\`\`\`json
"zoql.problems.severity": { "like-without-wildcard": "off" }
\`\`\`

**ZOQL: Explain Problems** lists all of them.
`,
  );
});

test('a page that an older version had says so', () => {
  assert.equal(describeProblem('toString'), '# toString\n\nThis version knows no problem of that code.\n');
});

test('a page of one of Zuora’s codes says what to do about it', () => {
  assert.equal(
    describeProblem('90012'),
    `# 90012

A stateless job gives deleted rows only where that is forced.

Add forceExport=true to the @deleted of its query, or submit a stateful job.

This is a code of Zuora's.
`,
  );
});
