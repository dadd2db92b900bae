// The headers of a request, as far as settings make them.
import { isSecretName, isSecretValue } from './secretHeaders';
import type { RequestSetting, RequestSettings } from './settings';
import { flagValue, rawValue, show, textValue } from './settingValues';

/** What the variables of `zoql.request.trackId` are made of. */
export interface RequestVariables {
  readonly now: Date;
  readonly uuid: string;
}

/** What settings are sent as a header each. */
export const headersOfSettings = {
  'zoql.request.entityIds': 'Zuora-Entity-Ids',
  'zoql.request.orgIds': 'Zuora-Org-Ids',
  'zoql.request.trackId': 'Zuora-Track-Id',
  'zoql.request.zuoraVersion': 'Zuora-Version',
} as const satisfies Partial<Record<RequestSetting, string>>;

/** The headers of settings that have been found to be right. */
export function headersOf(settings: RequestSettings, variables: RequestVariables): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [setting, header] of Object.entries(headersOfSettings) as [keyof typeof headersOfSettings, string][]) {
    const value = textValue(settings, setting);
    if (value === undefined) continue;
    headers[header] = (setting === 'zoql.request.trackId' ? fillTrackId(value, variables).text : value).trim();
  }
  if (flagValue(settings, 'zoql.request.acceptGzip') === true) headers['Accept-Encoding'] = 'gzip';
  const { values } = readExtraHeaders(rawValue(settings, 'zoql.request.extraHeaders'));
  for (const [name, value] of values) headers[name] = value.trim();
  return headers;
}

/** RFC 9110 would let more through; Zuora asks for US-ASCII, and a line break would begin a header of its own. */
export function isHeaderText(value: string): boolean {
  return /^[\x20-\x7e]*$/.test(value);
}

/**
 * The template with its variables filled in: `${uuid}`, `${date}` (2026-01-31) and `${time}` (235959), both in UTC.
 * The time has no colons, since Zuora refuses them in a track id.
 */
export function fillTrackId(
  template: string,
  { now, uuid }: RequestVariables,
): { readonly text: string; readonly unknown: readonly string[] } {
  const moment = now.toISOString();
  const values = new Map([
    ['uuid', uuid],
    ['date', moment.slice(0, 10)],
    ['time', moment.slice(11, 19).replaceAll(':', '')],
  ]);
  const unknown: string[] = [];
  const text = template.replace(/\$\{([^}]*)\}/g, (variable, name: string) => {
    const value = values.get(name);
    if (value === undefined) unknown.push(variable);
    return value ?? '';
  });
  return { text, unknown };
}

/** A header that cannot be an extra one. */
export interface HeaderFault {
  readonly name: string;
  /** Continues a sentence that begins with its name. */
  readonly fault: string;
}

/** The value of `zoql.request.extraHeaders`; undefined where it is not even an object of headers. */
export function readExtraHeaders(value: unknown): {
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly faults: readonly HeaderFault[];
  readonly isObject: boolean;
} {
  if (value === undefined) return { values: [], faults: [], isObject: true };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { values: [], faults: [], isObject: false };
  }
  const values: [string, string][] = [];
  const faults: HeaderFault[] = [];
  const names = new Set<string>();
  for (const [name, content] of Object.entries(value) as [string, unknown][]) {
    const lower = name.toLowerCase();
    const fault = nameFault(name) ?? (names.has(lower) ? 'is there twice.' : undefined) ?? contentFault(content);
    names.add(lower);
    if (fault !== undefined) faults.push({ name, fault });
    else values.push([name, content as string]);
  }
  return { values, faults, isObject: true };
}

function contentFault(content: unknown): string | undefined {
  if (typeof content !== 'string') return `must be a text, not ${show(content)}.`;
  if (!isHeaderText(content)) return 'may hold visible US-ASCII characters and spaces only.';
  return isSecretValue(content) ? `has a value that looks like credentials, ${notInSettings}` : undefined;
}

function nameFault(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower)) return 'is not a valid header name.';
  const own = headersWithSetting.get(lower);
  if (own !== undefined) return `has a setting of its own: ${own}.`;
  if (isSecretName(name)) return `carries credentials, ${notInSettings}`;
  if (transportHeaders.has(lower) || lower.startsWith('content-') || lower.startsWith('proxy-')) {
    return 'is made by the extension itself.';
  }
  return undefined;
}

const notInSettings = 'which do not belong in settings. Use "ZOQL: Sign In" instead.';

const headersWithSetting: ReadonlyMap<string, RequestSetting> = new Map<string, RequestSetting>([
  ...Object.entries(headersOfSettings).map(
    ([setting, header]) => [header.toLowerCase(), setting as keyof typeof headersOfSettings] as const,
  ),
  ['accept-encoding', 'zoql.request.acceptGzip'],
  ['content-encoding', 'zoql.request.gzipBody'],
]);

const transportHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'expect',
  'idempotency-key',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
