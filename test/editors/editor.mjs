// Runs a real editor with README's snippet on a file, and reads what a script inside it has seen.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const limitMs = 60_000;

/**
 * Starts `command` in a folder of its own, which holds query.zoql with `text` and the files of `files`; `args` are
 * relative to it. Answers the JSON that the editor's script wrote to seen.json.
 */
export async function seenBy({ command, args, files, text }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'editor-'));
  for (const [name, content] of Object.entries({ ...files, 'query.zoql': text })) {
    writeFileSync(path.join(folder, name), content);
  }
  const child = spawn(command, args, {
    cwd: folder,
    // Neither a person's own configuration nor a terminal is to play a part.
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder, TERM: 'dumb' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seen = path.join(folder, 'seen.json');
  if (!existsSync(seen)) throw new Error(`${command} ended with ${code} and has seen nothing:\n${output}`);
  return JSON.parse(readFileSync(seen, 'utf8'));
}
