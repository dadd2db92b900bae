/** The white space that the line of `at` begins with. */
export function lineIndent(text: string, at: number): string {
  const before = text.slice(0, at);
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  let end = start;
  while (end < at && (text[end] === ' ' || text[end] === '\t')) end++;
  return text.slice(start, end);
}

/** How far a line is indented that goes on with what begins at `at`. */
export function indentOf(text: string, at: number): string {
  const indent = lineIndent(text, at);
  return /[\r\n]/.test(text[at - indent.length - 1] ?? '') ? indent : `${indent}  `;
}
