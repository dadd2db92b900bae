// `npm run pictures` takes the pictures again and puts the README's ones into client/media.
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..');

/** README's pictures: the UI path that takes each, and its name there. */
const shown = {
  overview: { path: 'path.test', taken: '6-completed-light' },
  tenants: { path: 'tenant.test', taken: 'tenant-2-data-centers' },
  metadata: { path: 'tenant.test', taken: 'tenant-4-custom-field' },
  schema: { path: 'tenant.test', taken: 'tenant-11-schema-light' },
};

for (const name of new Set(Object.values(shown).map(picture => picture.path))) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'test', 'run.mjs'), 'ui', name], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
for (const [name, { taken }] of Object.entries(shown)) {
  copyFileSync(path.join(here, 'pictures', `${taken}.png`), path.join(root, 'client', 'media', `${name}.png`));
}
