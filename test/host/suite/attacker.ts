import assert from 'node:assert/strict';

/** Where the settings of a hostile workspace lead. */
export function attackerUrl(): string {
  const url = process.env['ZOQL_ATTACKER'];
  assert.ok(url, 'ZOQL_ATTACKER names the listener of the hostile workspace');
  return url;
}

/** What the attacker has heard so far, an entry for each connection. */
export async function heardByAttacker(): Promise<readonly string[]> {
  const response = await fetch(process.env['ZOQL_ATTACKER_COUNT'] ?? '');
  return (await response.json()) as readonly string[];
}
