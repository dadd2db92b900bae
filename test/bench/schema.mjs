// What a tenant's schema costs: from the disk to the first lines of its view, to the lines of one object and to the first
// search, and in memory. The floor is what nothing can do without: the files' names, and their JSON read.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..');
const child = path.join(here, 'schemaWindow.mjs');
const catalogue = path.join(root, 'server', 'src', 'zoql', 'catalogue.data.json');

/** Objects and fields of each; a tenant that was looked at has 119 objects and 2,600 fields. */
const sizes = [
  { objects: 119, fields: 22, most: 300 },
  { objects: 500, fields: 500 },
];

/** Measures, and reports each figure with its baseline and its goal. Options are those of `benchHistory`. */
export async function benchSchema({ out, report, quantile, repeats }) {
  const schema = path.join(out, 'schema.mjs');
  const modules = [
    'client/src/tenants/metadata/cache',
    'client/src/tenants/metadata/facts',
    'client/src/schema/lines',
    'client/src/schema/search',
    'server/src/zoql/index',
  ];
  await bundle(modules, schema);
  const { openMetadataCache } = await import(pathToFileURL(schema).href);
  for (const { objects, fields, most } of sizes) {
    const folder = mkdtempSync(path.join(tmpdir(), 'zoql-schema-'));
    try {
      await writeTenant(openMetadataCache(folder, fail), objects, fields);
      const run = what =>
        JSON.parse(execFileSync(process.execPath, ['--expose-gc', child, schema, folder, catalogue, what]));
      const floors = Array.from({ length: repeats }, () => run('floor'));
      const loads = Array.from({ length: repeats }, () => run('load'));
      const median = (runs, figure) =>
        quantile(
          runs.map(each => each[figure]),
          0.5,
        );
      const size = `${objects} × ${fields} fields`;
      const baseline = median(floors, 'milliseconds');
      const first = { value: median(loads, 'first'), baseline };
      report(`${size} to the first lines, ms (names + JSON)`, most === undefined ? first : { ...first, most });
      report(`${size}, the lines of one object, ms`, { value: median(loads, 'object'), most: 50 });
      report(`${size} to the first search, ms`, { value: median(loads, 'search') });
      report(`${size}, each search after it, ms`, { value: median(loads, 'searchAgain') });
      report(`${size} in memory above idle, MB`, { value: median(loads, 'megabytes') });
      report(`${size} in memory once searched, MB`, { value: median(loads, 'megabytesSearched') });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function writeTenant(cache, objects, fields) {
  for (let number = 0; number < objects; number++) {
    const value = {
      name: `Object${number}`,
      label: `Object ${number}`,
      fields: Array.from({ length: fields }, (_, index) => ({
        name: `Field${index}__c`,
        label: `Field ${index}`,
        type: index % 5 === 0 ? 'picklist' : 'text',
        custom: true,
        filterable: true,
        maxLength: 255,
        ...(index % 5 === 0 && { options: ['North', 'South', 'East', 'West'] }),
        contexts: ['soap', 'export'],
      })),
      relations: [{ name: 'Account', object: 'Account' }],
    };
    await cache.writeObject(scope, { at: Date.now(), value });
  }
}

export const scope = { tenant: 'bench', origin: 'https://rest.test.zuora.com' };

function fail(error) {
  throw error;
}
