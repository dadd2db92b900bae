import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { chooseLauncher, findOnPath } from './launcher.mjs';

const onDesktop = { platform: 'linux', env: { DISPLAY: ':0' }, code: '/usr/bin/code', wish: undefined };

/** The kind of launcher for the desktop above with these differences. */
const kind = differences => chooseLauncher({ ...onDesktop, ...differences }).kind;

test('a desktop with `code` on the PATH uses it', () => {
  assert.equal(kind({}), 'desktop');
  assert.equal(chooseLauncher(onDesktop).code, '/usr/bin/code');
  assert.equal(kind({ env: { WAYLAND_DISPLAY: 'wayland-0' } }), 'desktop');
});

test('a desktop without `code` fetches one', () => assert.equal(kind({ code: undefined }), 'download'));

test('no display means the browser, with or without `code`', () => {
  assert.equal(kind({ env: {} }), 'browser');
  assert.equal(kind({ env: {}, code: undefined }), 'browser');
});

test('macOS and Windows always have a display', () => {
  for (const platform of ['darwin', 'win32']) {
    assert.equal(kind({ platform, env: {} }), 'desktop');
    assert.equal(kind({ platform, env: {}, code: undefined }), 'download');
  }
});

test("the `code` of a remote window's terminal is not used", () => {
  assert.equal(kind({ env: { DISPLAY: ':0', VSCODE_IPC_HOOK_CLI: '/run/vscode.sock' } }), 'download');
  assert.equal(kind({ env: { VSCODE_IPC_HOOK_CLI: '/run/vscode.sock' } }), 'browser');
  assert.equal(kind({ env: { DISPLAY: ':0', WSL_DISTRO_NAME: 'Debian' } }), 'download');
});

test('the browser can be asked for', () => assert.equal(kind({ wish: 'browser' }), 'browser'));

test('only an executable file counts as `code`', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'path-'));
  const folders = ['a folder', 'a text', 'a program'].map(name => path.join(folder, name));
  const [named, text, program] = folders;
  mkdirSync(path.join(named, 'code'), { recursive: true });
  for (const place of [text, program]) {
    mkdirSync(place);
    writeFileSync(path.join(place, 'code'), '#!/bin/sh\n');
  }
  chmodSync(path.join(program, 'code'), 0o755);
  const find = places => findOnPath('code', { platform: 'linux', env: { PATH: places.join(':') } });

  assert.equal(find([named, text]), undefined);
  assert.equal(find(folders), path.join(program, 'code'));
});
