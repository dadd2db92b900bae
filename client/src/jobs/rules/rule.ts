// What a rule of the preflight is, and what the rules make findings of.
import { directiveEdit, openDocument, queryName, type Statement } from '../../../../server/src/zoql/index';
import type { Finding, FindingFix } from '../findings';
import type { Job, PlannedQuery, QuerySource } from '../model';
import type { PlanEntry } from '../plan';
import type { RequestInput } from '../request';
import type { RequestSetting } from '../settings';

export interface PreflightInput extends RequestInput {
  readonly queries: readonly PlanEntry[];
  /** The tenant's address, which tells the data center. */
  readonly origin: string;
  /** The person's own time zone, as IANA names it, e.g. `Europe/Berlin`. */
  readonly zone: string;
  /** The last completed job of the session that the settings name (`lastOfSession`); undefined where none is known. */
  readonly lastJob: Job | undefined;
}

/**
 * Looks at the request and returns what it finds. Each rule looks at one thing, so that all findings come at once and none
 * twice.
 */
export type Rule<Input = RequestInput> = (input: Input) => readonly Finding[];

/** A finding about a setting. The message continues a sentence that begins with the setting's name. */
export function aboutSetting(
  code: string,
  setting: RequestSetting,
  message: string,
  {
    weight = 'blocks',
    fixes = [],
  }: { readonly weight?: Finding['weight']; readonly fixes?: readonly FindingFix[] } = {},
): Finding {
  const all = [...fixes, openSetting(setting)];
  return { code, weight, message: `${setting} ${message}`, query: undefined, setting, fixes: all };
}

function openSetting(setting: RequestSetting): FindingFix {
  return { kind: 'open-setting', title: 'Open Setting', setting };
}

/** Opens a setting that is not set and has to be: "Enter partner". */
export function enterSetting(setting: RequestSetting): FindingFix {
  return { kind: 'open-setting', title: `Enter ${lastNameOf(setting)}`, setting };
}

/** "Set version 1.1". */
export function setSetting(
  setting: RequestSetting,
  value: unknown,
  shown = typeof value === 'string' ? value : JSON.stringify(value),
): FindingFix {
  return { kind: 'set-setting', title: `Set ${lastNameOf(setting)} ${shown}`, setting, value };
}

/** "Clear offset". */
export function clearSetting(setting: RequestSetting): FindingFix {
  return { kind: 'set-setting', title: `Clear ${lastNameOf(setting)}`, setting, value: undefined };
}

function lastNameOf(setting: RequestSetting): string {
  return setting.slice(setting.lastIndexOf('.') + 1);
}

/** "Open accounts.zoql:3". */
export function openSource({ uri, relativePath, range, line }: QuerySource): FindingFix {
  return { kind: 'open', title: `Open ${relativePath}:${line}`, uri, offset: range.start };
}

/** "Untick accounts". */
export function untick(queries: readonly string[]): FindingFix {
  const [first, ...others] = queries;
  return {
    kind: 'untick',
    title: others.length === 0 ? `Untick ${first}` : `Untick ${queries.length} Queries`,
    queries,
  };
}

/** The edit that sets a directive of a query, as `-- @name` does. */
export function setDirective({ source }: PlannedQuery, name: string, value: string): FindingFix {
  const statement = statementOf(source);
  if (!statement) return openSource(source);
  const { start, end, newText } = directiveEdit(statement.parsed, name, value);
  const shift = source.range.start - statement.parsed.query.start;
  const edits = [{ start: start + shift, end: end + shift, newText }];
  return { kind: 'edit', title: `Write -- @${name} ${value}`, uri: source.uri, edits };
}

/** Whether a query is called by its `-- @name`, and not by its file. */
export function hasOwnName({ name, source }: PlannedQuery): boolean {
  const statement = statementOf(source);
  return statement !== undefined && queryName(statement)?.value === name;
}

function statementOf({ text }: QuerySource): Statement | undefined {
  return openDocument(text).statements[0];
}
