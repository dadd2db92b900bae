import { dialects, readDialect, type Dialect } from '../dialect';
import type { Fix } from '../edits';
import { directiveHelp } from '../help';
import { nearest } from '../nearest';
import { removal, withSpaceBefore, withSpaceBehind } from '../repairs';
import type { Directive } from '../syntax/tree';
import type { CheckContext } from './check';

/** unknown-type: `-- @type` with a value that AQuA does not know would be left out silently. */
export function unknownType({ statement, choice, report }: CheckContext): void {
  for (const { name, value, nameSpan, valueSpan } of statement.parsed.directives) {
    if (name !== 'type' || readDialect(value)) continue;
    const { start, end } = value ? valueSpan : nameSpan;
    const meant = /export/i.test(value) ? 'zoqlexport' : choice.dialect;
    const space = start === nameSpan.end || !value ? ' ' : '';
    report({
      start,
      end,
      code: 'unknown-type',
      message: 'The type is zoql or zoqlexport',
      severity: 'error',
      fixes: () =>
        (Object.keys(dialects) as Dialect[]).map(dialect => ({
          title: `${value ? 'Change to' : 'Insert'} ${dialect}`,
          edits: [{ start: value ? start : end, end, newText: space + dialect }],
          preferred: dialect === meant,
        })),
    });
  }
}

/** unknown-directive: `-- @` with a name that says nothing to us, close to one that does. Others are a person's own. */
export function unknownDirective({ statement, report }: CheckContext): void {
  for (const { name, nameSpan } of statement.parsed.directives) {
    if (directiveHelp.has(name)) continue;
    const meant = nearest(
      name,
      Array.from(directiveHelp.values(), help => help.name),
    );
    if (meant === undefined) continue;
    const start = nameSpan.start + 1;
    const { end } = nameSpan;
    report({
      start: nameSpan.start,
      end,
      code: 'unknown-directive',
      message: `There is no @${name}; perhaps @${meant} is meant`,
      severity: 'hint',
      fixes: () => [{ title: `Change to @${meant}`, edits: [{ start, end, newText: meant }], preferred: true }],
    });
  }
}

/** repeated-directive: a directive that another one of its name in the same statement overrides. */
export function repeatedDirective({ statement, report }: CheckContext): void {
  const { text, parsed } = statement;
  if (parsed.directives.length < 2) return;
  for (const [key, { name }] of directiveHelp) {
    const all = parsed.directives.filter(directive => directive.name === key);
    const place = key === 'name' ? 'first' : 'last';
    const valid = all.at(place === 'first' ? 0 : -1);
    for (const directive of all) {
      if (directive === valid) continue;
      report({
        ...directive.nameSpan,
        code: 'repeated-directive',
        message: `The ${place} @${name} of a query counts, not this one`,
        severity: 'hint',
        fixes: () => [removalOf(directive, text)],
      });
    }
  }
}

/** Takes a directive's line away. */
export function removalOf(directive: Directive, text: string): Fix {
  const before = withSpaceBefore(text, directive);
  const line = before.start === 0 ? withSpaceBehind(text, directive) : before;
  return { title: 'Remove it', edits: [removal(line)], preferred: true };
}
