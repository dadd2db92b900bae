// A window that looks at a tenant's schema, as schema.mjs starts it: bundle, folder, catalogue, and what is measured.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { scope } from './schema.mjs';

const [bundle, folder, catalogueFile, what] = process.argv.slice(2);
if (what === 'floor') {
  const milliseconds = timed(() => {
    const [tenant] = readdirSync(folder).filter(name => !name.endsWith('.tmp'));
    const objects = path.join(folder, tenant, 'objects');
    for (const name of readdirSync(objects)) JSON.parse(readFileSync(path.join(objects, name), 'utf8'));
  });
  console.log(JSON.stringify({ milliseconds }));
} else {
  const library = await import(pathToFileURL(bundle).href);
  const { createCatalogue, createSchemaLines, createSchemaSearch, factsOf, openMetadataCache, withTenant } = library;
  globalThis.gc();
  const idle = process.memoryUsage().heapUsed;
  const megabytes = () => {
    globalThis.gc();
    return (process.memoryUsage().heapUsed - idle) / 1e6;
  };

  const begun = performance.now();
  const bundled = createCatalogue(JSON.parse(readFileSync(catalogueFile, 'utf8')));
  const read = await openMetadataCache(folder, console.error).read(scope);
  const objects = new Map(read.objects.map(object => [object.value.name.toLowerCase(), object]));
  const catalogue = withTenant(bundled, factsOf(scope.tenant, { ...read, objects }));
  const lines = createSchemaLines({ catalogue, tenant: scope.tenant, today: '2026-11-27', problem: undefined });
  const drawn = lines.children().map(node => lines.line(node));
  const first = performance.now() - begun;
  if (drawn.length < objects.size) throw new Error(`Only ${drawn.length} lines`);

  const node = { kind: 'object', object: 'Object7', steps: [] };
  const object = timed(() => lines.children(node).map(child => lines.line(child)));
  const loaded = megabytes();
  const search = createSchemaSearch(catalogue, { of: 'all' });
  const searchFirst = timed(() => search.find('object7.field1', 100));
  const searchAgain = timed(() => search.find('field 12', 100));
  console.log(
    JSON.stringify({
      first,
      object,
      search: searchFirst,
      searchAgain,
      megabytes: loaded,
      megabytesSearched: megabytes(),
    }),
  );
}

function timed(run) {
  const started = performance.now();
  run();
  return performance.now() - started;
}
