import type { Dialect, Literal } from '../../../server/src/zoql/index';

/** What a literal says, its escapes resolved: ZOQL's by backslash, Export ZOQL's by doubling. */
export function textOf({ type, text }: Literal, dialect: Dialect): string {
  if (type !== 'string') return text;
  if (dialect === 'zoqlexport') return text.replace(/''/g, "'").replace(/""/g, '"');
  return text.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
