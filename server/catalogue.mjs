/**
 * Writes the bundled catalogue: `node server/catalogue.mjs <catalog.json>` reads collected facts about Zuora's standard
 * objects and writes src/zoql/catalogue.data.json beside this script. The same facts always give the same bytes.
 *
 * The format, which src/zoql/catalogue.ts reads:
 * - `names`: field names, relation names and export paths, the most used first; elsewhere a name is its number here,
 *   in base 36.
 * - `values`: the distinct lists of picklist values; a field has its list's number, in base 36.
 * - `objects`: a line each: name, label (0 where the name's words say the same), flags, what feature it needs (0 for
 *   none), its fields, its relations, and its ZOQL rules where it has any.
 * - A field is `name.bits[.maxLength[.values[.exportPath]]]`, all in base 36; fields are joined by a space.
 * - A relation is `name.object.bits`, `object` being the number of the object it leads to.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { argv, exit, stderr, stdout } from 'node:process';

const fieldTypes = ['string', 'ID', 'boolean', 'integer', 'decimal', 'date', 'dateTime', 'picklist', 'binary'];

/** What a check needs to know of a rule that ZOQL has for some fields, by the rule's words. */
const restrictionKinds = {
  'only when a single invoice is selected by Id': 'by id',
  'only when a single plan is selected by Id': 'by id',
  'filter only, not selectable': 'filter only',
  'at most one of these in the select list': 'one of',
  'only in a query of its own': 'alone',
  "implicit filter (AmendmentType = null or AmendmentType != 'RemoveProduct') unless the query filters on AmendmentType itself":
    'implicit filter',
};

/** Lengths that the collected facts cut at the thousands' comma. Source: Zuora API reference, Account, notes. */
const corrections = { 'Account.Notes': { maxLength: 65_535 } };

const source = argv[2];
if (!source) {
  stderr.write('Usage: node server/catalogue.mjs <catalog.json>\n');
  exit(2);
}
const target = fileURLToPath(new URL('src/zoql/catalogue.data.json', import.meta.url));
const text = compact(JSON.parse(readFileSync(source, 'utf8')));
writeFileSync(target, text);
stdout.write(`${target}: ${Buffer.byteLength(text)} bytes\n`);

function compact({ meta, objects }) {
  const objectNames = Object.keys(objects).sort(ascending);
  const names = byUse(objectNames.flatMap(name => namesOf(objects[name])));
  const values = byUse(
    objectNames.flatMap(name =>
      objects[name].fields.flatMap(field => (field.values ? [JSON.stringify(field.values)] : [])),
    ),
  );
  const numbers = { names: numbered(names), values: numbered(values), objects: numbered(objectNames) };
  const header = {
    about: "Facts about Zuora's standard objects, for completion. A tenant's own metadata is the authority.",
    generated: meta.generated,
    sources: { ...meta.sources, corpus: 'field seen in a query of public code' },
    notInAqua: meta.notAvailableInAqua,
  };
  const lines = [
    ...Object.entries(header).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`),
    `"names":${JSON.stringify(names.join(' '))}`,
    `"values":[\n${values.join(',\n')}\n]`,
    `"objects":[\n${objectNames.map(name => JSON.stringify(objectLine(name, objects[name], numbers))).join(',\n')}\n]`,
  ];
  return `{\n${lines.join(',\n')}\n}\n`;
}

function namesOf({ fields, joined }) {
  return [
    ...fields.flatMap(({ name, exportPath }) => (exportPath ? [name, exportPath] : [name])),
    ...joined.map(({ name }) => name),
  ];
}

function objectLine(name, object, numbers) {
  const flags = bits(object.zoql, object.export, object.fieldsIncomplete, object.deletedSupported === false);
  const label = object.label === words(name) ? 0 : object.label;
  const fields = object.fields
    .map(field => fieldText({ ...field, ...corrections[`${name}.${field.name}`] }, numbers))
    .join(' ');
  const relations = object.joined.map(relation => relationText(relation, numbers)).join(' ');
  const line = [name, label, flags, object.feature ?? 0, fields, relations];
  return object.zoqlRestrictions ? [...line, object.zoqlRestrictions.map(withKind)] : line;
}

function withKind(restriction) {
  const kind = restrictionKinds[restriction.rule];
  if (!kind) throw new Error(`No check knows the rule "${restriction.rule}"`);
  return { kind, ...restriction };
}

function fieldText(field, numbers) {
  const type = fieldTypes.indexOf(field.type);
  if (type === -1) throw new Error(`${field.name} has the type ${field.type}, which the format does not know`);
  // An assumed export flag is no fact: the field counts as one of which no source says whether Export ZOQL has it.
  const exported = field.exportAssumed ? undefined : field.export;
  const flags = bits(field.custom, field.derivedName, field.typeGuessed, field.valuesSrc);
  const packed =
    type + (threeWay(field.zoql) << 4) + (threeWay(field.filter) << 6) + (threeWay(exported) << 8) + (flags << 10);
  const parts = [
    numbers.names.get(field.name),
    packed.toString(36),
    field.maxLength?.toString(36) ?? '',
    field.values ? numbers.values.get(JSON.stringify(field.values)) : '',
    field.exportPath ? numbers.names.get(field.exportPath) : '',
  ];
  return parts.join('.').replace(/\.+$/, '');
}

function relationText({ name, object, feature, exportAssumed }, numbers) {
  return [numbers.names.get(name), numbers.objects.get(object), bits(feature, exportAssumed)].join('.');
}

/** The first flag is the lowest bit. */
function bits(...flags) {
  return flags.reduce((sum, flag, index) => sum + (flag ? 1 << index : 0), 0);
}

/** 0 where no source says, 1 for no, 2 for yes. */
function threeWay(fact) {
  if (fact === undefined) return 0;
  return fact ? 2 : 1;
}

function words(name) {
  return name.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2');
}

/** The distinct texts, the most used first, so that most numbers are short. */
function byUse(texts) {
  const uses = new Map();
  for (const text of texts) uses.set(text, (uses.get(text) ?? 0) + 1);
  return [...uses].sort(([a, usesOfA], [b, usesOfB]) => usesOfB - usesOfA || ascending(a, b)).map(([text]) => text);
}

function numbered(texts) {
  return new Map(texts.map((text, index) => [text, index.toString(36)]));
}

/** By code unit, not by the machine's language. */
function ascending(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
