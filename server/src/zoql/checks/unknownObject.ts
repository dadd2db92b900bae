import type { Catalogue } from '../catalogue';
import type { Dialect } from '../dialect';
import type { Fix } from '../edits';
import { suggestions, type Candidate } from '../nearest';
import type { Name } from '../syntax/tree';
import type { CheckContext, Finding } from './check';

/**
 * unknown-object: FROM names nothing that the facts know. AQuA answers "The requested data source could not be found".
 * object-not-in-aqua: it names something that Zuora has and AQuA does not serve.
 *
 * Source: Zuora docs, AQuA limits; custom objects are served by another API (seen on a tenant, 2026-08).
 */
export function unknownObject(context: CheckContext): void {
  const {
    query: { from },
    object,
    catalogue,
    report,
  } = context;
  // A catalogue that could not be read knows no object at all, which proves nothing.
  if (!from || object || catalogue.objects.length === 0) return;
  const { start, end, text } = from;
  const finding = (facts: Pick<Finding, 'code' | 'message' | 'severity'>): Finding => ({ start, end, ...facts });

  const unserved = catalogue.notInAqua.find(name => name.toLowerCase() === text.toLowerCase());
  if (unserved !== undefined) {
    report(finding({ code: 'object-not-in-aqua', message: `AQuA does not serve ${unserved}`, severity: 'error' }));
  } else if (/^default__/i.test(text)) {
    const message = `${text} is a custom object, which AQuA does not serve`;
    report(finding({ code: 'object-not-in-aqua', message, severity: 'warning' }));
  } else {
    report({
      ...finding({ code: 'unknown-object', message: messageFor(text), severity: 'warning' }),
      hidesOthers: true,
      fixes: () => fixesOf(context, from),
    });
  }
}

function fixesOf({ statement, choice, catalogue, dialect }: CheckContext, { start, end, text }: Name): Fix[] {
  const candidates = objectCandidates(catalogue, choice.source === 'inferred' ? undefined : dialect);
  const change = (newText: string, last: number, preferred: boolean): Fix => ({
    title: `Change to ${newText}`,
    edits: [{ start, end: last, newText }],
    preferred,
  });
  // `from Rate Plan Charge`: the words of one name. The longest name is what is meant.
  const behind = /^(?:[ \t]+\w+){0,4}/.exec(statement.text.slice(end))?.[0].match(/[ \t]+\w+/g) ?? [];
  for (let count = behind.length; 0 < count; count--) {
    const more = behind.slice(0, count).join('');
    const name = (text + more).replace(/\s/g, '').toLowerCase();
    const whole = candidates.find(candidate => candidate.text.toLowerCase() === name);
    if (whole) return [change(whole.text, end + more.length, true)];
  }
  return suggestions(text, candidates).map(near => change(near.text, end, near.isClear));
}

function messageFor(name: string): string {
  // The one table of Data Query whose name AQuA does not know in any case of letters.
  const isDataQuery = name.toLowerCase() === 'orders';
  return isDataQuery ? `${name} is a table of Data Query; here it is Order` : `There is no object ${name}`;
}

function objectCandidates({ objects }: Catalogue, dialect: Dialect | undefined): Candidate[] {
  return objects
    .filter(({ zoql, exported }) => (zoql && dialect !== 'zoqlexport') || (exported && dialect !== 'zoql'))
    .map(({ name, label }) => ({ text: name, keys: [name, label] }));
}
