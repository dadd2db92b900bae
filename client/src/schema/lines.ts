/**
 * The lines of the view "Schema": object → its fields, and what it leads to → that object's fields, and so on without end.
 * What the tree of VS Code asks for, without VS Code. A line is named rather than held, and only what is opened is made.
 */
import {
  ageOf,
  dialects,
  labelOf,
  targetOf,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
  type CatalogueRelation,
  type FieldType,
  type SchemaName,
} from '../../../server/src/zoql/index';

/** An object, something that it leads to, or a field of either. */
export type SchemaNode = SchemaName & { readonly kind: SchemaWord };

/** What the menus of the view look for. */
export type SchemaWord = 'object' | 'relation' | 'field';

/** A line as it is drawn. */
export interface SchemaLine {
  /** Stays the same while the line is about the same thing. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** The id of a codicon. */
  readonly icon: string;
  /** For who hears the line instead of seeing it. */
  readonly spoken: string;
  /** Whether something can be below it. */
  readonly opens: boolean;
}

export interface SchemaLines {
  /** Without a node, the objects. */
  children(node?: SchemaNode): readonly SchemaNode[];
  parent(node: SchemaNode): SchemaNode | undefined;
  /** Undefined where the catalogue does not know it. */
  line(node: SchemaNode): SchemaLine | undefined;
  /** The object whose fields are below a line, or that has the field of one. */
  target(node: SchemaNode): CatalogueObject | undefined;
  /** Whose schema it is, in words, for the view's title. */
  readonly title: string;
  /** What a person should know or do, as a sentence; undefined where there is nothing. */
  readonly message: string | undefined;
  /** As in the source. */
  readonly today: string;
}

export interface SchemaSource {
  readonly catalogue: Catalogue;
  /** As people call the active tenant; undefined where there is none. */
  readonly tenant: string | undefined;
  /** The day of the person who looks, as YYYY-MM-DD. */
  readonly today: string;
  /** Why the snapshot of the settings is not used, as a sentence; undefined where all is well. */
  readonly problem: string | undefined;
}

export function createSchemaLines({ catalogue, tenant, today, problem }: SchemaSource): SchemaLines {
  const described = catalogue.objects.filter(({ bundled }) => bundled === false);
  const isMixed = 0 < described.length;

  const target = (node: SchemaNode) => targetOf(node, catalogue);
  const relationOf = (node: SchemaNode) => {
    const step = node.steps.at(-1);
    return step === undefined ? undefined : target({ ...node, steps: node.steps.slice(0, -1) })?.relation(step);
  };

  return {
    children(node) {
      if (!node) return sorted(catalogue.objects).map(({ name }) => ({ kind: 'object', object: name, steps: [] }));
      const { object, steps } = node;
      const holder = node.kind === 'field' ? undefined : target(node);
      if (!holder) return [];
      return [
        ...sorted(holder.fields).map(({ name }): SchemaNode => ({ kind: 'field', object, steps, field: name })),
        ...sorted(holder.relations).map(({ name }): SchemaNode => ({
          kind: 'relation',
          object,
          steps: [...steps, name],
        })),
      ];
    },

    parent({ kind, object, steps }) {
      if (kind === 'object') return undefined;
      const above = kind === 'field' ? steps : steps.slice(0, -1);
      return { kind: above.length === 0 ? 'object' : 'relation', object, steps: above };
    },

    line(node) {
      const holder = target(node);
      const { kind } = node;
      switch (kind) {
        case 'object':
          return holder && lineOf(node, holder.name, objectMarks(holder, { tenant, today, isMixed }), 'symbol-class');
        case 'relation': {
          const relation = relationOf(node);
          return relation && lineOf(node, relation.name, relationMarks(relation), 'references');
        }
        case 'field': {
          const field = holder?.field(node.field ?? '');
          return field && lineOf(node, field.name, fieldMarks(field), iconOf(field));
        }
      }
    },

    target,
    title: titleOf(catalogue, described, tenant, today),
    message: problem ?? (tenant === undefined || isMixed ? undefined : notDescribed(tenant)),
    today,
  };
}

/** Whether something is a line of the view, as commands get it. */
export function isSchemaNode(given: unknown): given is SchemaNode {
  return typeof given === 'object' && given !== null && 'kind' in given && 'object' in given && 'steps' in given;
}

/** What a field is marked with: custom, in which dialect alone it is, how Export ZOQL reaches it, what AQuA refused. */
export function fieldMarks(field: CatalogueField): string[] {
  const { name, label, type, maxLength, custom, guessed, refused = [], exportPath } = field;
  return [
    ...(label === labelOf(name) || label === name ? [] : [label]),
    type === 'id' ? 'ID' : type === 'string' && maxLength !== undefined ? `string(${maxLength})` : type,
    ...(custom ? ['custom'] : []),
    ...(guessed ? ['name guessed'] : []),
    ...refused.map(dialect => `refused in ${dialects[dialect].name}`),
    ...dialectMarks(field),
    ...(exportPath !== undefined && field.exported !== true ? [`${exportPath} in ${dialects.zoqlexport.name}`] : []),
  ];
}

function dialectMarks({ zoql, filterable, exported, exportPath }: CatalogueField): string[] {
  const notInExport = exported === false && exportPath === undefined;
  if (zoql === false && notInExport) return [filterable ? 'ZOQL WHERE only' : 'in no query'];
  if (zoql === false && exported) return [`${dialects.zoqlexport.name} only`];
  return notInExport ? [`${dialects.zoql.name} only`] : [];
}

function objectMarks(
  { name, label, zoql, exported, bundled, origin, factsDay }: CatalogueObject,
  {
    tenant,
    today,
    isMixed,
  }: { readonly tenant: string | undefined; readonly today: string; readonly isMixed: boolean },
): string[] {
  const only = zoql === exported ? undefined : dialects[zoql ? 'zoql' : 'zoqlexport'].name;
  const age = bundled === false && factsDay !== undefined ? ageOf(factsDay, today) : undefined;
  return [
    ...(label === labelOf(name) || label === name ? [] : [label]),
    ...(only === undefined ? [] : [`${only} only`]),
    ...(zoql || exported ? [] : ['in no query']),
    ...(isMixed && bundled !== false ? ['bundled facts'] : []),
    ...(bundled === false && origin !== tenant ? [`from ${origin}`] : []),
    ...(age === undefined ? [] : [age]),
  ];
}

function relationMarks({ object, feature, assumed }: CatalogueRelation): string[] {
  return [`→ ${object}`, ...(feature ? ['depends on a feature'] : []), ...(assumed ? ['not sure'] : [])];
}

function lineOf(node: SchemaNode, label: string, marks: readonly string[], icon: string): SchemaLine {
  const { kind, object, steps, field } = node;
  const what = { object: 'Object', relation: 'Related object', field: 'Field' }[kind];
  return {
    id: [kind, object, ...steps, ...(field === undefined ? [] : [field])].join('/'),
    label,
    description: marks.join(' · '),
    icon,
    spoken: `${[`${what} ${label}`, ...marks.map(mark => mark.replace('→', 'leads to'))].join(', ')}.`,
    opens: kind !== 'field',
  };
}

const icons: Readonly<Record<FieldType, string>> = {
  string: 'symbol-string',
  id: 'key',
  boolean: 'symbol-boolean',
  integer: 'symbol-number',
  decimal: 'symbol-number',
  date: 'calendar',
  datetime: 'watch',
  picklist: 'symbol-enum',
  binary: 'file-binary',
};

function iconOf({ type, refused = [] }: CatalogueField): string {
  return refused.length === 0 ? icons[type] : 'circle-slash';
}

function titleOf(
  { objects }: Catalogue,
  described: readonly CatalogueObject[],
  tenant: string | undefined,
  today: string,
): string {
  const origins = [...new Set(described.map(({ origin }) => origin))];
  const names = tenant === undefined ? origins : [tenant, ...origins.filter(origin => origin !== tenant)];
  if (described.length === 0) {
    const [day = ''] = objects.map(({ factsDay = '' }) => factsDay).filter(Boolean);
    const facts = `bundled facts${day === '' ? '' : ` of ${day}`}`;
    return tenant === undefined ? facts : `${tenant} · ${facts}`;
  }
  const days = described.flatMap(({ factsDay }) => (factsDay === undefined ? [] : [factsDay])).sort();
  const age = days[0] === undefined ? undefined : ageOf(days[0], today);
  return [
    names.join(', '),
    `${described.length} of ${objects.length} objects described`,
    ...(age === undefined ? [] : [`up to ${age}`]),
  ].join(' · ');
}

function notDescribed(tenant: string): string {
  return `${tenant} has described no object yet: these are the bundled facts. Refresh Metadata asks it for all of them.`;
}

/** Without regard to case, since people look for a name by its letters. */
function sorted<T extends { readonly name: string }>(things: readonly T[]): readonly T[] {
  const keyed = things.map(thing => ({ thing, key: thing.name.toLowerCase() }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key === other.key ? 0 : 1));
  return keyed.map(({ thing }) => thing);
}
