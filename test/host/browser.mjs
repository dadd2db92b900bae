// A headless Chromium for the workbench, driven with Playwright.
import { chromium } from 'playwright-core';
import { findBrowser } from './setup.mjs';

/** Starts the browser. Throws when none is installed; see installBrowser in setup.mjs. */
export function launchBrowser() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('Chromium is not installed: npm test installs it, or says how.');
  return chromium.launch({
    executablePath,
    headless: true,
    // Playwright's own handlers end this process before VS Code's server is stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
