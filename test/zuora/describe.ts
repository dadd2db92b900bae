/**
 * `GET /v1/describe` and `GET /v1/describe/{object}`: the tenant's objects and fields as XML, in the shape that clients
 * of real tenants keep as fixtures. There is no JSON variant, and errors are XML too.
 */
import type { Catalogue, CatalogueField, CatalogueObject, FieldType } from '../../server/src/zoql/index';
import { describeRefused } from './errors';
import { xml, type Answer } from './http';

export function describeAll(tenant: Catalogue, url: string): Answer {
  const objects = tenant.objects.filter(isDescribed).map(object => {
    const { name, label } = object;
    return `  <object href="${href(url, name)}">\n    <name>${name}</name>\n    <label>${escaped(label)}</label>\n  </object>\n`;
  });
  return xml(200, `${declaration}<objects>\n${objects.join('')}</objects>\n`);
}

export function describeObject(tenant: Catalogue, name: string, url: string): Answer {
  const object = tenant.object(name);
  if (!object || !isDescribed(object)) return describeRefused(404, 'NOT_FOUND', `Object not found: ${escaped(name)}`);
  const fields = object.fields.map(fieldXml).join('');
  const related = object.relations.map(({ name: relation, object: target }) => {
    const path = `${object.name}.${relation}`;
    return (
      `    <object href="${href(url, target)}">\n` +
      `      <name>${relation}</name>\n      <label>${escaped(spaced(relation))}</label>\n` +
      '      <cardinality>TO_ONE</cardinality>\n      <direct-relationship>true</direct-relationship>\n' +
      `      <path>${path}</path>\n    </object>\n`
    );
  });
  return xml(
    200,
    `${declaration}<object href="${href(url, object.name)}">\n` +
      `  <name>${object.name}</name>\n  <label>${escaped(object.label)}</label>\n` +
      `  <fields>\n${fields}  </fields>\n` +
      `${related.length === 0 ? '' : `  <related-objects>\n${related.join('')}  </related-objects>\n`}</object>\n`,
  );
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

function fieldXml(field: CatalogueField): string {
  const contexts = [field.zoql === true ? 'soap' : undefined, field.exported === true ? 'export' : undefined];
  const contextXml = contexts
    .flatMap(context => (context === undefined ? [] : [`<context>${context}</context>`]))
    .join('');
  const options = (field.values ?? []).map(value => `<option>${escaped(value)}</option>`).join('');
  const isWritable = field.custom;
  return (
    '    <field>\n' +
    `      <name>${field.name}</name>\n      <label>${escaped(field.label)}</label>\n` +
    `      <selectable>${field.zoql === true || field.exported === true}</selectable>` +
    `<createable>${isWritable}</createable><updateable>${isWritable}</updateable>` +
    `<filterable>${field.filterable !== false}</filterable>\n` +
    `      <custom>${field.custom}</custom>` +
    `${field.maxLength === undefined ? '<maxlength/>' : `<maxlength>${field.maxLength}</maxlength>`}` +
    `<required>false</required><type>${typeNames[field.type]}</type>\n` +
    `${options === '' ? '' : `      <options>${options}</options>\n`}` +
    `      <contexts>${contextXml}</contexts>\n    </field>\n`
  );
}

/** An object that neither dialect can read is not listed, except those that Zuora lists without an export field. */
function isDescribed(object: CatalogueObject): boolean {
  return object.zoql || object.exported;
}

function href(url: string, name: string): string {
  return `${url}/v1/describe/${name}`;
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Zuora has no type for ids and binaries: both are text. */
const typeNames: Readonly<Record<FieldType, string>> = {
  string: 'text',
  id: 'text',
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  datetime: 'datetime',
  picklist: 'picklist',
  binary: 'text',
};
