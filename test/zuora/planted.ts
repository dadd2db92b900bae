import { appendFileSync } from 'node:fs';

/**
 * Notes a secret that the stand-in gives out, for the search at the end of a test run: none may be found in what the run
 * has written. ZOQL_PLANTED_SECRETS names the file, one secret a line; without it nothing is noted.
 */
export function plant(secret: string): string {
  const file = process.env['ZOQL_PLANTED_SECRETS'];
  if (file !== undefined) appendFileSync(file, `${secret}\n`);
  return secret;
}
