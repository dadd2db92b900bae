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
