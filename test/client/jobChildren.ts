// Other windows, as processes of their own: they can be killed, and they do not share our memory.
import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** What jobChild.ts is to do. */
export type ChildTask =
  | {
      readonly task: 'append';
      readonly folder: string;
      readonly key: string;
      readonly writer: number;
      readonly records: number;
    }
  | {
      /** Takes jobs to their end, and prints the id of each once that is written down. */
      readonly task: 'settle';
      readonly folder: string;
      readonly writer: number;
      readonly jobs: number;
    }
  | {
      readonly task: 'submit';
      readonly folder: string;
      readonly origin: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  /** Takes a tenant's lease and keeps it. */
  | { readonly task: 'lease'; readonly folder: string; readonly tenant: string; readonly origin: string };

/** Starts a window with a task; what it prints is for the person at the console, or can be read by the test. */
export async function startChild(
  test: TestContext,
  task: ChildTask,
  stdout: 'inherit' | 'pipe' = 'inherit',
): Promise<ChildProcess> {
  const stdio = ['inherit', stdout, 'inherit'] as const;
  const child = spawn(process.execPath, [await childProgram(), JSON.stringify(task)], { stdio: [...stdio] });
  test.after(() => child.kill('SIGKILL'));
  return child;
}

/** Runs a task to its end. */
export async function runChild(test: TestContext, task: ChildTask): Promise<void> {
  const child = await startChild(test, task, 'pipe');
  child.stdout?.resume();
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the child process ended with ${code}`);
}

let program: Promise<string> | undefined;

/** Built once for all tests of this process. */
function childProgram(): Promise<string> {
  return (program ??= buildProgram());
}

async function buildProgram(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'zoql-child-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const outfile = path.join(folder, 'jobChild.mjs');
  await build({
    entryPoints: ['test/client/jobChild.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
    // node-fetch's dependencies still call require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}
