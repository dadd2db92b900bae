// Which VS Code `npm start` opens: a decision without side effects.
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Chooses a launcher: `{ kind: 'desktop', code }`, `{ kind: 'download' }` or `{ kind: 'browser' }`, with `why` to tell.
 *
 * `wish` is 'browser' when the person asked for it. `code` is the `code` command on the PATH, or undefined.
 */
export function chooseLauncher({ platform, env, code, wish }) {
  if (wish === 'browser') return { kind: 'browser', why: 'as you asked' };

  const windows = platform === 'darwin' || platform === 'win32';
  if (!windows && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { kind: 'browser', why: 'there is no display here' };

  // There, `code` opens a window of the VS Code at the other end, which would see neither our folders nor our settings.
  const remote = Boolean(env.VSCODE_IPC_HOOK_CLI || env.WSL_DISTRO_NAME);
  if (code && !remote) return { kind: 'desktop', code, why: `${code} is on the PATH` };
  return {
    kind: 'download',
    why: remote ? 'the `code` here belongs to another window' : 'there is no `code` on the PATH',
  };
}

/** The file that `name` runs, looked up as a shell does, or undefined. */
export function findOnPath(name, { platform, env }) {
  const names = platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return (env.PATH ?? '')
    .split(platform === 'win32' ? ';' : ':')
    .flatMap(folder => names.map(file => path.join(folder, file)))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
