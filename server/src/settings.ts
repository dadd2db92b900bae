import { settingsSection, type InitializationOptions, type ServerSettings } from './protocol';
import type { Catalogue, Context, ProblemCode, Severity } from './zoql/index';

export const defaultSettings: ServerSettings = {
  queryType: 'auto',
  'codeLens.enabled': true,
  'format.keywordCase': 'lower',
  'format.maxLineLength': 100,
  'inlayHints.enabled': false,
  'problems.severity': {},
  schemaSnapshot: '',
};

/**
 * The settings by their names within the section. The server asks for each by its name: the section as a whole also
 * says where a tenant lives, which is none of its business.
 */
export const serverSettingNames = Object.keys(defaultSettings) as (keyof ServerSettings)[];

/** The full names that `workspace/configuration` is asked for, e.g. `zoql.queryType`. */
export const settingSections: readonly string[] = serverSettingNames.map(name => `${settingsSection}.${name}`);

/** Reads settings from whatever a client sent; each that is missing or wrong is as in `fallback`. */
export function parseSettings(value: unknown, fallback: ServerSettings): ServerSettings {
  return settingsOf(name => valueAt(value, name), fallback);
}

/** Reads the `settings` of `workspace/didChangeConfiguration`, where ours stand under the section's name. */
export function parseChangedSettings(value: unknown, fallback: ServerSettings): ServerSettings {
  return parseSettings(member(value, settingsSection), fallback);
}

/** Reads the answer to `workspace/configuration`: one value for each of `settingSections`, in their order. */
export function parseSettingValues(values: unknown, fallback: ServerSettings): ServerSettings {
  return settingsOf(name => member(values, String(serverSettingNames.indexOf(name))), fallback);
}

/** Which commands a client says that it can run. */
export function parseCommands(initializationOptions: unknown): ReadonlySet<unknown> {
  const commands = member(initializationOptions, 'commands' satisfies keyof InitializationOptions);
  return new Set(Array.isArray(commands) ? commands : []);
}

/** What the language library reads statements against, by these settings. */
export function contextOf(settings: ServerSettings, catalogue: Catalogue): Context {
  const severities = Object.entries(settings['problems.severity']) as [ProblemCode, Severity | 'off'][];
  return { catalogue, queryType: settings.queryType, severities: new Map(severities) };
}

/** Reads one setting; undefined where a value is none of those that it can have. */
type Reader<T> = (value: unknown) => T | undefined;

const readers: { readonly [Name in keyof ServerSettings]: Reader<ServerSettings[Name]> } = {
  queryType: oneOf('auto', 'zoql', 'zoqlexport'),
  'codeLens.enabled': readBoolean,
  'format.keywordCase': oneOf('lower', 'upper', 'preserve'),
  'format.maxLineLength': value =>
    typeof value === 'number' && Number.isInteger(value) && 20 <= value && value <= 1000 ? value : undefined,
  'inlayHints.enabled': readBoolean,
  'problems.severity': readSeverities,
  schemaSnapshot: value => (typeof value === 'string' ? value.trim() : undefined),
};

function settingsOf(valueOf: (name: keyof ServerSettings) => unknown, fallback: ServerSettings): ServerSettings {
  const read = serverSettingNames.map((name): [string, unknown] => [
    name,
    readers[name](valueOf(name)) ?? fallback[name],
  ]);
  return Object.fromEntries(read) as unknown as ServerSettings;
}

function oneOf<const T extends string>(...choices: readonly T[]): Reader<T> {
  return value => choices.find(choice => choice === value);
}

function readBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

const readSeverity = oneOf('error', 'warning', 'information', 'hint', 'off');

/** A code that does not exist, perhaps one of another version, is never looked up. */
function readSeverities(value: unknown): ServerSettings['problems.severity'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).filter(([, severity]) => readSeverity(severity));
  return Object.fromEntries(entries);
}

/** The value at `a.b`, whether that is one name or two. */
function valueAt(value: unknown, name: string): unknown {
  return member(value, name) ?? name.split('.').reduce(member, value);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
