// `npm run pictures` takes the pictures again and puts the README's one into client/media.
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..');
const { status } = spawnSync(process.execPath, [path.join(root, 'test', 'run.mjs'), 'ui', 'path.test'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
const taken = path.join(here, 'pictures', '6-completed-light.png');
copyFileSync(taken, path.join(root, 'client', 'media', 'overview.png'));
