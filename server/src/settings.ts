import { serverSettingNames, settingsSection, type ServerSettings } from './protocol';

export const defaultSettings: ServerSettings = { queryType: 'auto' };

/** Reads settings from whatever a client sent; what is missing or wrong is as in `fallback`. */
export function parseSettings(value: unknown, fallback: ServerSettings): ServerSettings {
  const queryType = member(value, 'queryType');
  switch (queryType) {
    case 'auto':
    case 'zoql':
    case 'zoqlexport':
      return { queryType };
    default:
      return fallback;
  }
}

/** Reads the `settings` of `workspace/didChangeConfiguration`, where ours stand under the section's name. */
export function parseChangedSettings(value: unknown, fallback: ServerSettings): ServerSettings {
  return parseSettings(member(value, settingsSection), fallback);
}

/** The full names that `workspace/configuration` is asked for, e.g. `zoql.queryType`. */
export const settingSections: readonly string[] = serverSettingNames.map(name => `${settingsSection}.${name}`);

/** Reads the answer to `workspace/configuration`: one value for each of `settingSections`, in their order. */
export function parseSettingValues(values: unknown, fallback: ServerSettings): ServerSettings {
  if (!Array.isArray(values)) return fallback;
  return parseSettings(Object.fromEntries(serverSettingNames.map((name, index) => [name, values[index]])), fallback);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
