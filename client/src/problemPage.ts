// The words of the page that explains a problem. Plain data in, plain data out.
import { problemCodes, type ProblemCode } from '../../server/src/zoql/index';
import { codeWords } from './zuora/aquaErrors';

/** In Markdown: what the problem is, and how to change how grave it is; of one of Zuora's codes, what to do about it. */
export function describeProblem(code: string): string {
  const words = codeWords(code);
  if (words) return `# ${code}\n\n${words.cause}\n\n${words.remedy}\n\nThis is a code of Zuora's.\n`;
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
