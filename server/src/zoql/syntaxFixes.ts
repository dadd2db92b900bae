/** The quick fixes of what the parser reports. Those of a check stand in the check's own file. */
import type { Fix } from './edits';
import type { Problem } from './syntax/tree';

/** The ways to mend one of the parser's problems; none where the person alone knows what is missing. */
export function syntaxFixes({ start, end, code }: Problem): readonly Fix[] {
  switch (code) {
    case 'unopened-parenthesis':
      return [{ title: 'Remove this )', edits: [{ start, end, newText: '' }], preferred: true }];
    default:
      return [];
  }
}
