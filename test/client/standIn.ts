// The stand-in, and what the tests' own certificates are trusted by, for as long as a test runs.
import https from 'node:https';
import type { TestContext } from 'node:test';
import { startZuora, type Zuora, type ZuoraOptions } from '../zuora/server';

export async function standIn(t: TestContext, options: ZuoraOptions = {}): Promise<Zuora> {
  const zuora = await startZuora(options);
  t.after(() => zuora.stop());
  return zuora;
}

/** Trusts an authority until the test ends, or with undefined nothing but what the system trusts. */
export function trust(t: TestContext, ca: string | undefined): void {
  const before = https.globalAgent.options.ca;
  t.after(() => {
    https.globalAgent.options.ca = before;
  });
  https.globalAgent.options.ca = ca;
}
