// What may be shown and logged of a text that came from outside.

/** The characters of an answer that are looked at; a message or an excerpt is cut out of these. */
const considered = 20_000;

const credentialPatterns: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [
    /("?\b(?:access_token|refresh_token|client_secret|client_id|apiSecretAccessKey|apiAccessKeyId|password)\b"?\s*[:=]\s*"?)[^"&\s,}<]+/gi,
    '$1***',
  ],
  [/\/\/[^/\s@]*@/g, '//***@'],
];

/**
 * One line of plain text of at most `limit` characters: known secrets and whatever looks like a credential become `***`,
 * control and formatting characters (line breaks, direction overrides) become spaces.
 */
export function clean(text: string, secrets: readonly string[], limit: number): string {
  // Secrets go first: a cut in the middle of one would leave its beginning.
  let shown = withoutSecrets(text.slice(0, considered), secrets);
  for (const [pattern, replacement] of credentialPatterns) shown = shown.replace(pattern, replacement);
  shown = shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  // Cutting may halve a character of two code units.
  return shown.length <= limit ? shown : `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The text as it is but for known secrets: for what must be compared with a text of ours, such as a query. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.flatMap(spellings).reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

/** The ways a secret is written on its way through URLs, forms and JSON. A very short text is no secret but a word. */
function spellings(secret: string): string[] {
  if (secret.length < 6) return [];
  const form = new URLSearchParams({ secret }).toString().slice('secret='.length);
  return [...new Set([secret, encodeURIComponent(secret), form, JSON.stringify(secret).slice(1, -1)])];
}
