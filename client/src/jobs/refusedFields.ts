// Which fields a job tells that its tenant refuses. Plain data in, plain data out.
import {
  openDocument,
  resolvePath,
  walk,
  type Catalogue,
  type Path,
  type RefusedField,
} from '../../../server/src/zoql/index';
import type { Job } from './model';
import { verdictOf } from './zuoraErrors';

/** AQuA's words for a field that an object has not, or that a query may not have (Zuora, AQuA API error codes, 90005). */
const noSuchField = /no field named|invalid field|INVALID_FIELD/i;

/** Each with the object that it is a field of, as far as the catalogue knows the way to it. */
export function refusedFieldsOf(job: Job, catalogue: Catalogue): readonly RefusedField[] {
  return verdictOf(job, catalogue).errors.flatMap(({ query, subject, message, code }) => {
    const sent = job.queries[query];
    if (!sent || subject.kind !== 'name' || !(noSuchField.test(message) || code === 'INVALID_FIELD')) return [];
    const { query: tree } = openDocument(sent.query).statements[0]?.parsed ?? {};
    const from = tree?.from && catalogue.object(tree.from.text);
    if (!tree || !from) return [];
    const names = subject.candidates.map(candidate => candidate.toLowerCase());
    const paths: Path[] = [];
    walk(tree, { path: path => void paths.push(path) });
    const found = paths.find(({ parts }) => {
      const whole = parts.map(({ text }) => text.toLowerCase()).join('.');
      return names.some(name => whole === name || whole.endsWith(`.${name}`) || name.endsWith(`.${whole}`));
    });
    const { object } = found ? resolvePath(found.parts, from, catalogue) : {};
    const field = found?.parts.at(-1)?.text;
    return object && field !== undefined ? [{ object: object.name, field, dialect: sent.type }] : [];
  });
}
