/** Names of a query as columns of the database: every path becomes a chain of left joins, each chain joined once. */
import type {
  Catalogue,
  CatalogueField,
  CatalogueObject,
  Dialect,
  FieldType,
  Name,
} from '../../../server/src/zoql/index';
import { refuse, texts } from './refusal';

/** A value in SQL, and what a header says of it. */
export interface Column {
  readonly sql: string;
  readonly type: FieldType;
  /** `Account.Name` */
  readonly name: string;
  /** `Account: Account Name` */
  readonly label: string;
  readonly field: CatalogueField | undefined;
}

export interface Scope {
  readonly base: CatalogueObject;
  readonly dialect: Dialect;
  /** Finds a field by its path, or refuses as Zuora does. */
  column(parts: readonly Name[]): Column;
  /** The columns of `*`, or of `BillToContact.*`. */
  star(parts: readonly Name[]): readonly Column[];
  /** `LEFT JOIN …` for all the paths that were asked for. */
  joins(): string;
  /** The tables that the query reads. */
  objects(): readonly CatalogueObject[];
}

/** The base table's name in SQL. */
export const baseTable = 't0';

export function createScope(tenant: Catalogue, base: CatalogueObject, dialect: Dialect): Scope {
  const joins = new Map<string, { readonly alias: string; readonly object: CatalogueObject; readonly sql: string }>();

  /** Follows relations from the base object; the names before the first relation may be the base object's own. */
  const follow = (steps: readonly Name[]): { alias: string; object: CatalogueObject; title: string } => {
    let alias = baseTable;
    let object = base;
    let key = '';
    let title = base.name;
    const isPrefixed = steps[0]?.text.toLowerCase() === base.name.toLowerCase() && !base.relation(base.name);
    for (const step of steps.slice(isPrefixed ? 1 : 0)) {
      const relation = object.relation(step.text);
      const target = relation && tenant.object(relation.object);
      if (!relation || !target) refuse(texts.noSource);
      key = `${key}.${relation.name}`;
      title = relation.name;
      const known = joins.get(key);
      const next = known?.alias ?? `t${joins.size + 1}`;
      if (!known) {
        const on = `${alias}.${quoted(`${relation.name}.Id`)} = ${next}."Id"`;
        joins.set(key, { alias: next, object: target, sql: `LEFT JOIN ${quoted(target.name)} ${next} ON ${on}` });
      }
      alias = next;
      object = target;
    }
    return { alias, object, title };
  };

  const columnOf = (alias: string, title: string, field: CatalogueField): Column => ({
    sql: `${alias}.${quoted(field.name)}`,
    type: field.type,
    name: `${title}.${field.name}`,
    label: `${spaced(title)}: ${field.label}`,
    field,
  });

  return {
    base,
    dialect,
    column(parts) {
      const last = parts.at(-1);
      if (!last) refuse(texts.syntax);
      const { alias, object, title } = follow(parts.slice(0, -1));
      const field = object.field(last.text);
      if (!field || !isReadable(field, dialect)) refuse(texts.noField(last.text));
      return columnOf(alias, title, field);
    },
    star(parts) {
      const { alias, object, title } = follow(parts);
      return starFields(object).map(field => columnOf(alias, title, field));
    },
    joins: () => [...joins.values()].map(join => join.sql).join(' '),
    objects: () => [base, ...[...joins.values()].map(join => join.object)],
  };
}

/** What `*` stands for: the fields with the context `export`, without foreign keys (seen on a tenant, 2026-08). */
function starFields(object: CatalogueObject): readonly CatalogueField[] {
  return object.fields.filter(field => {
    const isForeignKey = field.exportPath !== undefined || object.relation(field.name.replace(/Id$/, '')) !== undefined;
    return field.exported === true && !isForeignKey;
  });
}

/** Which fields a dialect may read: the contexts that Describe shows. */
function isReadable(field: CatalogueField, dialect: Dialect): boolean {
  return dialect === 'zoql' ? field.zoql === true : field.exported === true;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2');
}
