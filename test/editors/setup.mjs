// Which editors the server can be tried in on this computer.
import { existsSync } from 'node:fs';
import { installFromDebian } from '../host/setup.mjs';

/** Editor to Debian's packages, and the files that show that they are there. */
const editors = {
  neovim: { packages: ['neovim'], files: ['/usr/bin/nvim'] },
  emacs: {
    packages: ['emacs-nox', 'elpa-eglot'],
    files: ['/usr/bin/emacs', '/usr/lib/emacsen-common/packages/install/elpa-eglot'],
  },
};

/** Installs what is missing where apt-get may do it, and answers the names of the editors that are there. */
export async function installEditors({ log = console.log } = {}) {
  const missing = Object.keys(editors).filter(name => !isThere(name));
  if (0 < missing.length) {
    await installFromDebian(
      missing.flatMap(name => editors[name].packages),
      { log },
    );
  }
  const [there, absent] = [true, false].map(wanted => Object.keys(editors).filter(name => isThere(name) === wanted));
  if (0 < absent.length) log(`The server is not tried in ${absent.join(' and ')}, which is not installed here.`);
  return there;
}

function isThere(name) {
  return editors[name].files.every(existsSync);
}
