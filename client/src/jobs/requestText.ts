// A request as text: as a document to be read, and as a command for a shell. Plain data in, plain data out.
//
// Neither ever holds a credential: the token stays where it is, and of other headers what looks like one is left out.
import { dialects } from '../../../server/src/zoql/index';
import type { TenantProfile } from '../tenants/profiles';
import { submitHeaders, submitPath } from '../zuora/aqua';
import type { JobScope } from '../zuora/scope';
import type { JobRequest, PlannedQuery } from './model';

export interface ShownRequest {
  readonly scope: JobScope;
  readonly request: JobRequest;
  readonly queries: readonly PlannedQuery[];
  /** Undefined where it is made when the job is sent. */
  readonly idempotencyKey: string | undefined;
  /** How the tenant is signed in to, where that is not an OAuth client. */
  readonly signIn?: TenantProfile['signIn'] | undefined;
}

/**
 * JSON with comments: method, address and headers; the body byte by byte, which is all that is no comment; and the
 * queries as they can be read, with their lines.
 */
export function previewText({
  scope,
  request,
  queries,
  idempotencyKey = 'made when it is sent',
  signIn,
}: ShownRequest): string {
  const headers = Object.entries(headersOf({ scope, request, signIn, idempotencyKey })).map(
    ([name, value]) => `${name}: ${isConfidential(name) ? masked(name) : value}`,
  );
  const bytes = Buffer.byteLength(request.body).toLocaleString('en-US');
  return [
    comment([`POST ${scope.origin}${submitPath}`, ...headers]),
    comment([`The body, byte by byte (${bytes} bytes of UTF-8${request.gzip ? ', sent gzipped' : ''}):`]),
    request.body,
    comment(['The queries in it, to be read:']),
    ...queries.map(({ name, type, query, source }) =>
      comment([
        `${name} · ${dialects[type].name} · ${source.relativePath}, line ${source.line}`,
        ...query.split(lineEnd).map(line => `    ${line}`),
      ]),
    ),
    '',
  ].join('\n\n');
}

/**
 * For a POSIX shell. The token comes from the variable ZUORA_TOKEN, and what other headers hold of secrets from
 * variables of their names. The body goes through a pipe: as an argument it could be longer than a system allows.
 */
export function curlCommand({
  scope,
  request,
  idempotencyKey,
  signIn,
}: Omit<ShownRequest, 'queries'> & { readonly idempotencyKey: string }): string {
  const headers = headersOf({ scope, request, signIn, idempotencyKey });
  return [
    `printf %s ${shellQuoted(request.body)} |`,
    ...(request.gzip ? ['gzip |'] : []),
    `curl --request POST ${shellQuoted(scope.origin + submitPath)}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${headerArgument(name, value)}`),
    ...(acceptsGzip(headers) ? ['--compressed'] : []),
    '--data-binary @-',
  ]
    .join(' \\\n  ')
    .replaceAll('| \\\n', '|\n');
}

/** One word of a POSIX shell: between single quotes everything is itself, even `!`, `$` and line breaks. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The variables that the command takes its secrets from, in the order of the headers. */
export function curlVariables(shown: Pick<ShownRequest, 'scope' | 'request' | 'signIn'>): string[] {
  return Object.keys(headersOf({ ...shown, idempotencyKey: '' }))
    .filter(isConfidential)
    .map(variableOf);
}

function headersOf({
  scope,
  request: { headers, gzip },
  signIn,
  idempotencyKey,
}: Pick<ShownRequest, 'scope' | 'request' | 'signIn'> & { readonly idempotencyKey: string }): Record<string, string> {
  const signature = signIn === 'apiAccessKey' ? { apiAccessKeyId: '', apiSecretAccessKey: '' } : { Authorization: '' };
  return { ...submitHeaders(scope, { headers, gzip, idempotencyKey }, signature) };
}

function headerArgument(name: string, value: string): string {
  if (!isConfidential(name)) return shellQuoted(`${name}: ${value}`);
  const scheme = isAuthorization(name) ? 'Bearer ' : '';
  return `${shellQuoted(`${name}: ${scheme}`)}"$${variableOf(name)}"`;
}

function variableOf(name: string): string {
  return (
    variables.get(name.toLowerCase()) ??
    name
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '_')
      .replace(/^(?=\d)/, '_')
  );
}

/** What signs a request, by the names that a shell's variables usually have. */
const variables: ReadonlyMap<string, string> = new Map([
  ['authorization', 'ZUORA_TOKEN'],
  ['apiaccesskeyid', 'ZUORA_API_ACCESS_KEY_ID'],
  ['apisecretaccesskey', 'ZUORA_API_SECRET_ACCESS_KEY'],
]);

function masked(name: string): string {
  return isAuthorization(name) ? 'Bearer ***' : '***';
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}

/** Settings refuse the headers that are known to carry credentials; a gateway's own one is known by its name only. */
function isConfidential(name: string): boolean {
  return (
    variables.has(name.toLowerCase()) ||
    /auth|token|secret|passw|cookie|session|credential|signature|(?<!idempotency-)key\b/i.test(name)
  );
}

function acceptsGzip(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some(name => name.toLowerCase() === 'accept-encoding');
}

/** What ends a line somewhere: in the document, or in a comment. */
const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

function comment(lines: readonly string[]): string {
  return lines
    .flatMap(line => line.split(lineEnd))
    .map(line => `// ${line}`.trimEnd())
    .join('\n');
}
