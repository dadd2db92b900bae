// GET /v1/describe and GET /v1/describe/{object}: which objects and fields a tenant has. Always XML, errors included (Zuora,
// Describe object; shapes as clients of real tenants keep them as fixtures).
//
// It is read as it comes, so that a tenant's largest object is never in memory as a document. saxes expands no entity that
// the document defines itself; one that tries is not Zuora's.
import { SaxesParser } from 'saxes';
import type { DescribedField, DescribedObject, DescribedRelation } from '../../../server/src/zoql/index';
import type { Clock } from './clock';
import { failed, success, type Outcome } from './outcome';
import { withoutSecrets } from './redact';
import { notAnAnswer, refusalOf } from './refusals';
import { textOf, type HttpAnswer, type HttpRequest } from './transport';

/** An object of the tenant's list. */
export interface ListedObject {
  readonly name: string;
  readonly label: string;
}

/** An object as it was described; the day is the caller's. */
export type Description = Omit<DescribedObject, 'day'>;

/** The tenant's objects, in the order of the answer. */
export function readObjectList(clock: Clock) {
  return (answer: HttpAnswer, request: HttpRequest): Promise<Outcome<readonly ListedObject[]>> =>
    readXml(clock, answer, request, 'objects', () => {
      const objects: ListedObject[] = [];
      let name = '';
      let label = '';
      return {
        text(path, text) {
          if (path === 'objects/object/name') name = text;
          if (path === 'objects/object/label') label = text;
        },
        end(path) {
          if (path !== 'objects/object') return;
          if (isName(name)) objects.push({ name, label: label || name });
          [name, label] = ['', ''];
        },
        result: () => objects,
      };
    });
}

/** One object with its fields, and the objects it leads to. */
export function readDescription(clock: Clock, wanted: string) {
  return async (answer: HttpAnswer, request: HttpRequest): Promise<Outcome<Description>> => {
    const read = await readXml(clock, answer, request, 'object', descriptionReader);
    if (!read.ok || read.value.name.toLowerCase() === wanted.toLowerCase()) return read;
    return failed(
      notAnAnswer(`the answer is about another object, ${read.value.name || 'without a name'}`, '', request),
    );
  };
}

function descriptionReader(): Reading<Description> {
  const object = { name: '', label: '' };
  const fields: DescribedField[] = [];
  let relations: DescribedRelation[] | undefined;
  let field = new Map<string, string>();
  let [options, contexts]: [string[], string[]] = [[], []];
  let related = { name: '', object: '', cardinality: '' };
  return {
    start(path, href) {
      if (path === 'object/related-objects') relations ??= [];
      // The object that it leads to is the last step of its address.
      if (path === 'object/related-objects/object') related.object = href?.split('/').at(-1) ?? '';
    },
    text(path, text) {
      const [, group, , last = '', inner] = path.split('/');
      if (path === 'object/name') object.name = text;
      else if (path === 'object/label') object.label = text;
      else if (group === 'fields' && inner === 'option') options.push(text);
      else if (group === 'fields' && inner === 'context') contexts.push(text);
      else if (group === 'fields' && inner === undefined) field.set(last, text);
      else if (group === 'related-objects' && last === 'name') related.name = text;
      else if (group === 'related-objects' && last === 'cardinality') related.cardinality = text;
    },
    end(path) {
      if (path === 'object/fields/field') {
        const name = field.get('name') ?? '';
        if (isName(name)) fields.push(fieldOf(name, field, options, contexts));
        [field, options, contexts] = [new Map<string, string>(), [], []];
      } else if (path === 'object/related-objects/object') {
        const { name, object: target, cardinality } = related;
        // Older answers tell of no cardinality; a query can go along a step to one record only.
        const toOne = cardinality === '' || cardinality === 'TO_ONE';
        if (toOne && isName(name) && isName(target)) relations?.push({ name, object: target });
        related = { name: '', object: '', cardinality: '' };
      }
    },
    result: () => ({ ...object, label: object.label || object.name, fields, ...(relations && { relations }) }),
  };
}

function fieldOf(
  name: string,
  texts: ReadonlyMap<string, string>,
  options: readonly string[],
  contexts: readonly string[],
): DescribedField {
  const maxLength = Number.parseInt(texts.get('maxlength') ?? '', 10);
  return {
    name,
    label: texts.get('label') ?? '',
    type: texts.get('type') ?? '',
    custom: texts.get('custom') === 'true',
    filterable: texts.get('filterable') !== 'false',
    ...(0 < maxLength && { maxLength }),
    ...(0 < options.length && { options }),
    contexts,
  };
}

/** What becomes of the elements, which are named by their path, e.g. `objects/object/name`. */
interface Reading<T> {
  start?(path: string, href: string | undefined): void;
  /** The text of an element, without the white space around it; only where there is some. */
  text(path: string, text: string): void;
  end(path: string): void;
  result(): T;
}

/** A tenant of 119 objects answers 9 kB, its largest object some 100 kB. */
const largestDocument = 50_000_000;
const longestText = 2_048;
const longestRefusal = 20_000;
const deepestElement = 16;

async function readXml<T>(
  clock: Clock,
  answer: HttpAnswer,
  request: HttpRequest,
  root: string,
  begin: () => Reading<T>,
): Promise<Outcome<T>> {
  if (answer.status !== 200) {
    const text = await textOf(answer);
    return failed(refusalOf(answer, text, request, clock) ?? notAnAnswer('part of a description came', text, request));
  }
  const reading = begin();
  const path: string[] = [];
  let [text, excerpt, bytes] = ['', '', 0];
  let problem: string | undefined;
  let isWhole = false;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', () => (problem ??= 'the answer was not whole XML'));
  parser.on('doctype', () => (problem ??= 'the answer has a document type, which Zuora sends none of'));
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    if (path.length === 1 && name !== root) problem ??= `<${name}> came where <${root}> was expected`;
    if (deepestElement < path.length) problem ??= 'the answer is nested deeper than anything of Zuora';
    if (problem !== undefined) return;
    text = '';
    reading.start?.(path.join('/'), attributes['href']);
  });
  const append = (more: string) => {
    if (text.length < longestText) text += more;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    if (problem !== undefined) return;
    const here = path.join('/');
    // A value is compared letter by letter, so only what cannot be shown is taken out.
    const said = withoutSecrets(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim(), request.secrets);
    if (said !== '') reading.text(here, said);
    reading.end(here);
    path.pop();
    isWhole ||= path.length === 0;
    text = '';
  });

  const decoder = new TextDecoder();
  for await (const chunk of answer.chunks()) {
    const piece = decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    if (excerpt.length < longestRefusal) excerpt += piece.slice(0, longestRefusal);
    if (largestDocument < bytes) problem ??= `the answer is larger than ${largestDocument / 1_000_000} MB`;
    if (problem === undefined) parser.write(piece);
    if (problem !== undefined) break;
  }
  if (problem === undefined && !isWhole)
    problem = excerpt.trim() === '' ? 'the answer was empty' : 'the answer was cut short';
  return problem === undefined ? success(reading.result()) : failed(refusedOr(problem));

  /** Refusals come with status 200 as well, in JSON or XML. */
  function refusedOr(what: string) {
    return refusalOf(answer, excerpt, request, clock) ?? notAnAnswer(what, excerpt, request);
  }
}

/** What can stand in a query. Anything else could not be written there, and is left out. */
function isName(text: string): boolean {
  return /^[A-Za-z_]\w{0,254}$/.test(text);
}
