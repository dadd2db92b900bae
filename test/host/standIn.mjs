// Starts the local Zuora stand-in of test/zuora as a process of its own.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Starts the stand-in, with further arguments of its command, and answers what its one line says: its url, clientId,
 * clientSecret and so on; and how to stop it.
 */
export async function startStandIn(...more) {
  // The open pipe ends it even when this process is killed.
  const args = [await buildStandIn(), '--until-stdin-closes', ...more];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise(resolve => child.on('exit', resolve));
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`The Zuora stand-in ended with ${code} before it was up.`)));
  });
  return {
    ...JSON.parse(line),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Bundles the stand-in, which is TypeScript, and answers the file to run. */
async function buildStandIn() {
  const outfile = path.join(root, 'out', 'zuora', 'main.mjs');
  await build({
    entryPoints: [path.join(root, 'test', 'zuora', 'main.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

/** `npm run zuora`: runs until it is stopped, its output is its own. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const child = spawn(process.execPath, [await buildStandIn(), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', code => process.exit(code ?? 1));
}
