// The words of the page that explains a problem. Plain data in, plain data out.
import { problemCodes, type ProblemCode } from '../../server/src/zoql/index';

/** In Markdown: what the problem is, how grave it usually is, and how to change that. */
export function describeProblem(code: string): string {
  if (!isProblemCode(code)) return `# ${code}\n\nThis version knows no problem of that code.\n`;
  const { severity, meaning } = problemCodes[code];
  return `# ${code}

${meaning}

Usually ${severityInWords[severity]}. A setting makes it graver or lighter, or turns it off:

\`\`\`json
"zoql.problems.severity": { "${code}": "off" }
\`\`\`

**ZOQL: Explain Problems** lists all of them.
`;
}

const severityInWords = { error: 'an error', warning: 'a warning', information: 'an information', hint: 'a hint' };

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemCodes, code);
}
