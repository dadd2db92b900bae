/**
 * What the server and its clients agree on beyond LSP itself. The client imports this file; other editors find the same
 * names in README.
 */
import type { DialectSetting } from './zoql/index';

export const languageId = 'zoql';

/** Stands as `source` on every diagnostic, and names the server in logs. */
export const serverName = 'zoql';

/** The section of the editor's settings that is ours. */
export const settingsSection = 'zoql';

/**
 * The settings that the server reads, by their names within the section. It asks for each by name: the section as a
 * whole also says where a tenant lives, which is none of the server's business.
 */
export const serverSettingNames = ['queryType'] as const satisfies readonly (keyof ServerSettings)[];

/** The shape of `initializationOptions` and of `settings.zoql` in `workspace/didChangeConfiguration`. */
export interface ServerSettings {
  /** What a statement without a `-- @type` directive is written in. */
  readonly queryType: DialectSetting;
}
