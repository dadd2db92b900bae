/**
 * What directives ask of AQuA for one query: `-- @apiVersion 91.0`, `-- @convertToCurrencies EUR,GBP` and
 * `-- @deleted column=Deleted format=Boolean`. Of several of one name the last counts.
 *
 * Source: Zuora API reference, "Submit an aggregate query job", queries; Zuora docs, "Export deleted data", 2026-11.
 */
import type { Fix } from './edits';
import { deletedKeys } from './help';
import { nearest } from './nearest';
import { insertion, removal } from './repairs';
import type { Parsed } from './syntax/parser';
import type { Directive, Span } from './syntax/tree';

export interface QueryOptions {
  readonly apiVersion?: QueryOption<string>;
  /** As it is sent: `EUR,GBP`. */
  readonly convertToCurrencies?: QueryOption<string>;
  readonly deleted?: QueryOption<DeletedColumn>;
  /** Why an option is not among these although its directive is there. */
  readonly faults: readonly OptionFault[];
}

export interface QueryOption<T> {
  readonly value: T;
  readonly directive: Directive;
}

/** The column of a result that tells deleted rows. */
export interface DeletedColumn {
  readonly column: string;
  readonly format: 'Boolean' | 'Numeric';
  /** Stateless jobs need it: without it AQuA answers with error 90012. */
  readonly forceExport?: true;
}

export interface OptionFault extends Span {
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** Reads the options of one statement; offsets count from the start of its text. */
export function queryOptions({ directives }: Pick<Parsed, 'directives'>): QueryOptions {
  const last = (name: string) => directives.findLast(directive => directive.name === name);
  const apiVersion = readOption(last('apiversion'), readApiVersion);
  const convertToCurrencies = readOption(last('converttocurrencies'), readCurrencies);
  const deleted = readOption(last('deleted'), readDeleted);
  return {
    ...(apiVersion.option && { apiVersion: apiVersion.option }),
    ...(convertToCurrencies.option && { convertToCurrencies: convertToCurrencies.option }),
    ...(deleted.option && { deleted: deleted.option }),
    faults: [...apiVersion.faults, ...convertToCurrencies.faults, ...deleted.faults],
  };
}

/** The codes of `-- @convertToCurrencies`, each where it stands. */
export function currenciesOf({ value, valueSpan }: Directive): (Span & { readonly code: string })[] {
  return Array.from(value.matchAll(/[^\s,]+/g), ({ index, 0: code }) => {
    const start = valueSpan.start + index;
    return { code, start, end: start + code.length };
  });
}

/** A key of `-- @deleted` with what it is set to. */
export interface DeletedSetting extends Span {
  /** In lower case. */
  readonly key: string;
  readonly keySpan: Span;
  /** Undefined where `=` is missing. */
  readonly value: string | undefined;
  readonly valueSpan: Span;
  /** With all that separates it from what stands before. */
  readonly withSpace: Span;
}

/** The settings of `-- @deleted`, which are separated by white space. */
export function deletedSettings({ value, nameSpan, valueSpan }: Directive): DeletedSetting[] {
  let before = nameSpan.end;
  return Array.from(value.matchAll(/(?=\S)([^\s=]*)(=?)(\S*)/g), ({ index, 0: all, 1: key = '', 2: sign, 3: text }) => {
    const start = valueSpan.start + index;
    const end = start + all.length;
    const keySpan = { start, end: start + key.length };
    const setTo = { start: keySpan.end + (sign ? 1 : 0), end };
    const withSpace = { start: before, end };
    before = end;
    return { start, end, key: key.toLowerCase(), keySpan, value: sign ? text : undefined, valueSpan: setTo, withSpace };
  });
}

interface Reading<T> {
  readonly value?: T;
  readonly faults: readonly OptionFault[];
}

function readOption<T>(
  directive: Directive | undefined,
  read: (directive: Directive) => Reading<T>,
): { readonly option?: QueryOption<T>; readonly faults: readonly OptionFault[] } {
  if (!directive) return { faults: [] };
  const { value, faults } = read(directive);
  return value === undefined || 0 < faults.length ? { faults } : { option: { value, directive }, faults };
}

/** Where a directive without a value is marked: at its name. */
function markOf({ value, nameSpan, valueSpan }: Directive): Span {
  return value ? valueSpan : nameSpan;
}

function readApiVersion(directive: Directive): Reading<string> {
  const { value } = directive;
  if (/^\d{2,3}\.0$/.test(value)) return { value, faults: [] };
  const [number] = /(?<!\d)\d{2,3}(?!\d)/.exec(value) ?? [];
  const { start, end } = markOf(directive);
  const fixes = number === undefined ? [] : [changeTo(`${number}.0`, directive)];
  return { faults: [{ start, end, message: 'The version is a number such as 91.0', fixes }] };
}

function readCurrencies(directive: Directive): Reading<string> {
  const { value } = directive;
  if (/^[A-Z]{3}(\s*,\s*[A-Z]{3})*$/.test(value)) return { value: value.replace(/\s/g, ''), faults: [] };
  const codes = value.toUpperCase().match(/[A-Z]+/g) ?? [];
  const meant = 0 < codes.length && codes.every(code => code.length === 3);
  const { start, end } = markOf(directive);
  const message = 'The currencies are codes of three capital letters with commas between them, such as EUR,GBP';
  return { faults: [{ start, end, message, fixes: meant ? [changeTo(codes.join(','), directive)] : [] }] };
}

function changeTo(text: string, { valueSpan: { start, end } }: Directive): Fix {
  return { title: `Change to ${text}`, edits: [{ start, end, newText: text }], preferred: true };
}

function readDeleted(directive: Directive): Reading<DeletedColumn> {
  const settings = deletedSettings(directive);
  const faults = settings.flatMap((setting, index) => faultOf(setting, settings.slice(0, index)) ?? []);
  const valueOf = (key: string) => settings.find(setting => setting.key === key)?.value;
  const [column, format, forceExport] = [valueOf('column'), valueOf('format'), valueOf('forceexport')];
  if (column !== undefined && (format === 'Boolean' || format === 'Numeric')) {
    return { value: { column, format, ...(forceExport === 'true' && { forceExport: true }) }, faults };
  }
  const missing = ['column', 'format'].filter(key => !settings.some(setting => setting.key === key));
  if (missing.length === 0) return { faults };
  const newText = missing.map(key => ` ${deletedKeys.get(key)?.usage ?? key}`).join('');
  const at = directive.value ? directive.valueSpan.end : directive.nameSpan.end;
  const lacking: OptionFault = {
    ...directive.nameSpan,
    message: `@deleted needs ${missing.map(key => `${key}=`).join(' and ')}`,
    fixes: [{ title: `Insert${newText}`, edits: [insertion(at, newText)], preferred: true }],
  };
  return { faults: [lacking, ...faults] };
}

/** What is wrong with one setting; `before` are those in front of it. */
function faultOf(setting: DeletedSetting, before: readonly DeletedSetting[]): OptionFault | undefined {
  const { key, keySpan, value, valueSpan, start, end } = setting;
  const known = deletedKeys.get(key);
  if (!known) {
    const meant = nearest(
      key,
      Array.from(deletedKeys.values(), ({ name }) => name),
    );
    const change = { title: `Change to ${meant}`, edits: [{ ...keySpan, newText: meant ?? '' }], preferred: true };
    const names = Array.from(deletedKeys.values(), ({ name }) => name).join(', ');
    return {
      start,
      end,
      message: `@deleted takes ${names}`,
      fixes: [...(meant === undefined ? [] : [change]), removalOf(setting)],
    };
  }
  const { name } = known;
  if (before.some(other => other.key === key)) {
    return { start, end, message: `${name} is there twice`, fixes: [{ ...removalOf(setting), preferred: true }] };
  }
  const set = (text: string, preferred: boolean): Fix => ({
    title: `Change to ${name}=${text}`,
    edits: [{ start: keySpan.end, end: valueSpan.end, newText: `=${text}` }],
    preferred,
  });
  switch (key) {
    case 'column':
      return value !== undefined && /^[^"',;=]+$/.test(value)
        ? undefined
        : {
            start,
            end,
            message: 'column names the column, without spaces and quotes',
            fixes: [set('Deleted', !value)],
          };
    case 'format': {
      if (value === 'Boolean' || value === 'Numeric') return undefined;
      const meant = /^n/i.test(value ?? '') ? 'Numeric' : 'Boolean';
      const other = meant === 'Boolean' ? 'Numeric' : 'Boolean';
      return {
        start,
        end,
        message: 'format is Boolean or Numeric, with a capital letter',
        fixes: [set(meant, true), set(other, false)],
      };
    }
    default:
      return value === 'true'
        ? undefined
        : { start, end, message: 'forceExport is true, or left out', fixes: [set('true', true), removalOf(setting)] };
  }
}

function removalOf({ withSpace }: DeletedSetting): Fix {
  return { title: 'Remove it', edits: [removal(withSpace)] };
}
