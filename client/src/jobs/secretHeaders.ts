// Which extra headers look as if they carried credentials. Those belong in the secret storage: settings are synchronized,
// shared and read by every extension.

/** Headers that carry credentials although no word of theirs says so. */
const known: ReadonlySet<string> = new Set(['cookie', 'set-cookie', 'apiaccesskeyid', 'apisecretaccesskey']);

/** Words of a name, each alone or in a row: "X-Api-Key", "X-API_KEY" and "xApiKey" are x, api, key. */
const secretWords: readonly (readonly string[])[] = [
  ...['authorization', 'authentication', 'credential', 'credentials', 'jwt', 'bearer'].map(word => [word]),
  ...['token', 'secret', 'password', 'passwd', 'passphrase', 'pwd', 'apikey', 'accesskey'].map(word => [word]),
  ...['api', 'auth', 'access', 'private', 'subscription', 'client'].map(word => [word, 'key']),
  ['session', 'id'],
];

/** True for a name such as Authorization, X-Api-Key or X-Auth-Token; false for Zuora-Track-Id, X-Author or X-Routing-Key. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const inARow = (row: readonly string[]) =>
    words.some((_, start) => row.every((word, index) => words[start + index] === word));
  return known.has(name.toLowerCase()) || words.at(-1) === 'auth' || secretWords.some(inARow);
}

/** True for a value that is a credential by its form, whatever its header is called. */
export function isSecretValue(value: string): boolean {
  const [, scheme = '', rest = ''] = /^\s*(\w+)\s+(\S+)\s*$/.exec(value) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'negotiate':
      return true;
    case 'basic':
      // "Basic plan" is none: credentials are name:password in Base64 (RFC 7617).
      return Buffer.from(rest, 'base64').toString('latin1').includes(':');
    default:
      return secretForms.some(form => form.test(value));
  }
}

const secretForms: readonly RegExp[] = [
  // A JSON Web Token: its first part is Base64 of `{"`.
  /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/,
  // name:password@host in an address.
  /\/\/[^/\s@:]+:[^/\s@]+@/,
  /\b(access_token|refresh_token|client_secret|password|passwd|api_?key)\s*[=:]\s*\S/i,
];
