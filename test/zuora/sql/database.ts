/** The generated data in DuckDB. A table is made when a query first reads it: most of the catalogue is never asked for. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { CatalogueObject, FieldType } from '../../../server/src/zoql/index';
import { deletedMark, type Row, type Value } from '../dataset/rows';
import { quoted } from './scope';

export interface Database {
  /** Makes the tables of these objects, with their rows, where they are not there yet. */
  prepare(objects: readonly CatalogueObject[]): Promise<void>;
  /** Runs one statement; every column is text or null. */
  rows(sql: string, values: readonly string[]): Promise<(string | null)[][]>;
  close(): void;
}

/** `load` is called once, on first need: many tests never run a query. */
export function createDatabase(load: () => ReadonlyMap<string, readonly Row[]>): Database {
  let data: ReadonlyMap<string, readonly Row[]> | undefined;
  let connecting: Promise<DuckDBConnection> | undefined;
  let instance: DuckDBInstance | undefined;
  const tables = new Map<string, Promise<void>>();

  const connect = async (): Promise<DuckDBConnection> => {
    // One thread: the data is small, and the order of rows must not depend on who was faster.
    instance = await DuckDBInstance.create(':memory:', { threads: '1', enable_external_access: 'false' });
    return instance.connect();
  };
  const connection = (): Promise<DuckDBConnection> => (connecting ??= connect());

  const prepareOne = async (object: CatalogueObject): Promise<void> => {
    const columns = columnsOf(object);
    const database = await connection();
    const definition = columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ');
    await database.run(`CREATE TABLE ${quoted(object.name)} (${definition})`);
    const rows = (data ??= load()).get(object.name) ?? [];
    if (rows.length === 0) return;
    const shape = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
    const full = rows.map(row => fullRow(row, columns));
    // The shape is part of the SQL, since DuckDB wants it constant; it holds names of the catalogue and no quotes.
    const source = `unnest(from_json($1, '${JSON.stringify([shape])}'), recursive := true)`;
    await database.run(`INSERT INTO ${quoted(object.name)} SELECT ${source}`, [JSON.stringify(full)]);
  };

  return {
    async prepare(objects) {
      for (const object of objects) {
        let table = tables.get(object.name);
        if (!table) tables.set(object.name, (table = prepareOne(object)));
        await table;
      }
    },
    async rows(sql, values) {
      const reader = await (await connection()).runAndReadAll(sql, [...values]);
      return reader.getRowsJS() as (string | null)[][];
    },
    close() {
      void connecting?.then(open => {
        open.closeSync();
        instance?.closeSync();
      });
    },
  };
}

interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** The object's fields, the links its relations go over, and the mark of a deleted row. */
function columnsOf(object: CatalogueObject): readonly TableColumn[] {
  const columns = [
    ...object.fields.map(({ name, type }) => ({ name, type: columnTypes[type] })),
    ...object.relations.map(({ name }) => ({ name: `${name}.Id`, type: 'VARCHAR' })),
    { name: deletedMark, type: 'BOOLEAN' },
  ];
  // DuckDB tells columns apart without regard to case.
  return [...new Map(columns.map(column => [column.name.toLowerCase(), column])).values()];
}

function fullRow(row: Row, columns: readonly TableColumn[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? (name === deletedMark ? false : null)]));
}

const columnTypes: Readonly<Record<FieldType, string>> = {
  string: 'VARCHAR',
  id: 'VARCHAR',
  picklist: 'VARCHAR',
  binary: 'VARCHAR',
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  decimal: 'DECIMAL(18, 6)',
  date: 'DATE',
  datetime: 'TIMESTAMP',
};
