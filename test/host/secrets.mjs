// Searches files for secrets, in the forms in which one could leak.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Searches every file below `folders`, of whatever kind, for the secrets that `plantedFile` lists one a line.
 *
 * Answers how many secrets were looked for, and the files that hold one.
 */
export async function findSecrets(plantedFile, folders) {
  const secrets = [...new Set(readFileSync(plantedFile, 'utf8').split('\n').filter(Boolean))];
  const patternFile = `${plantedFile}-forms`;
  writeFileSync(patternFile, secrets.flatMap(forms).join('\n'));
  // Thousands of files, some large, against hundreds of texts: grep does that in a second.
  const args = ['-r', '-l', '-a', '-F', '-f', patternFile, ...folders];
  const { code, output } = await run('grep', args);
  if (code !== 0 && code !== 1) throw new Error(`grep ended with ${code}: ${output}`);
  const own = [plantedFile, patternFile].map(file => path.resolve(file));
  const found = output.split('\n').filter(file => file !== '' && !own.includes(path.resolve(file)));
  return { searched: secrets.length, found };
}

/** As it is, as in a form or an address, as in JSON with escaped slashes, and within base64 such as Basic credentials. */
function forms(secret) {
  // What is in front shifts the groups of three bytes; the first and the last group are shared with what surrounds it.
  const base64 = ['', '-', '--'].map(shift =>
    Buffer.from(shift + secret)
      .toString('base64')
      .slice(4, -4),
  );
  return [...new Set([secret, encodeURIComponent(secret), secret.replaceAll('/', '\\/'), ...base64])];
}

async function run(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, output };
}
