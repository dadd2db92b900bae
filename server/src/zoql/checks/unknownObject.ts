import type { Catalogue } from '../catalogue';
import { suggestions } from '../nearest';
import type { CheckContext, Finding } from './check';

/**
 * unknown-object: FROM names nothing that the facts know. AQuA answers "The requested data source could not be found".
 * object-not-in-aqua: it names something that Zuora has and AQuA does not serve.
 *
 * Source: Zuora docs, AQuA limits; custom objects are served by another API (seen on a tenant, 2026-08).
 */
export function unknownObject({ query: { from }, object, catalogue, dialect, choice, report }: CheckContext): void {
  if (!from || object) return;
  const { start, end, text } = from;
  const finding = (facts: Pick<Finding, 'code' | 'message' | 'severity'>): Finding => ({ start, end, ...facts });

  const unserved = catalogue.notInAqua.find(name => name.toLowerCase() === text.toLowerCase());
  if (unserved !== undefined) {
    report(finding({ code: 'object-not-in-aqua', message: `AQuA does not serve ${unserved}`, severity: 'error' }));
  } else if (/^default__/i.test(text)) {
    const message = `${text} is a custom object, which AQuA does not serve`;
    report(finding({ code: 'object-not-in-aqua', message, severity: 'warning' }));
  } else {
    const isInferred = choice.source === 'inferred';
    report({
      ...finding({ code: 'unknown-object', message: messageFor(text), severity: 'warning' }),
      hidesOthers: true,
      fixes: () =>
        suggestions(text, objectCandidates(catalogue, isInferred ? undefined : dialect)).map(near => ({
          title: `Change to ${near.text}`,
          edits: [{ start, end, newText: near.text }],
          preferred: near.isClear,
        })),
    });
  }
}

function messageFor(name: string): string {
  // The one table of Data Query whose name AQuA does not know in any case of letters.
  const isDataQuery = name.toLowerCase() === 'orders';
  return isDataQuery ? `${name} is a table of Data Query; here it is Order` : `There is no object ${name}`;
}

function objectCandidates({ objects }: Catalogue, dialect: CheckContext['dialect'] | undefined) {
  return objects
    .filter(({ zoql, exported }) => (zoql && dialect !== 'zoqlexport') || (exported && dialect !== 'zoql'))
    .map(({ name, label }) => ({ text: name, keys: [name, label] }));
}
