// What tests of the preflight's findings share: files in, findings out, each drawn as a line.
import type { Finding } from '../../client/src/jobs/findings';
import type { Job } from '../../client/src/jobs/model';
import { createPlan, type OpenDocument, type PlanEntry } from '../../client/src/jobs/plan';
import { findingsOf } from '../../client/src/jobs/rules/index';
import type { RequestSettings } from '../../client/src/jobs/settings';
import { applyEdits, type Catalogue } from '../../server/src/zoql/index';
import { bundled } from '../zoql/catalogues';

/** A file's name and its text. */
export type TestFiles = Readonly<Record<string, string>>;

export interface TestPreflight {
  readonly files?: TestFiles;
  readonly settings?: RequestSettings;
  readonly origin?: string;
  readonly zone?: string;
  readonly now?: string;
  readonly lastJob?: Job | undefined;
  /** What the tenant that the job goes to has; by default the bundled facts. */
  readonly catalogue?: Catalogue;
}

export const usOrigin = 'https://rest.na.zuora.com';
export const euOrigin = 'https://rest.eu.zuora.com';
export const stateful: RequestSettings = {
  'zoql.job.version': 1.1,
  'zoql.job.partner': 'acme',
  'zoql.job.project': 'billing',
};

export function findings(given: TestPreflight): Finding[] {
  const { files = { 'a.zoql': '-- @name a\nselect Id from Account' }, settings = {}, lastJob } = given;
  const { origin = usOrigin, zone = 'Europe/Berlin', now = '2026-11-27T08:00:00Z', catalogue } = given;
  const variables = { now: new Date(now), uuid: '8c1e6f0a-7f5b-4d0e-9f4c-1b2a3c4d5e6f' };
  return findingsOf({ settings, queries: planned(files, catalogue), variables, origin, zone, lastJob });
}

export function planned(files: TestFiles, catalogue: Catalogue = bundled): readonly PlanEntry[] {
  const documents: OpenDocument[] = Object.entries(files).map(([relativePath, text]) => ({
    uri: `file:///w/${relativePath}`,
    baseName: relativePath,
    relativePath,
    text,
  }));
  return createPlan(documents, { catalogue, queryType: 'auto' }).queries;
}

/** A finding a line: `weight code [query]: message | fixes: title · title`. */
export function drawn(found: readonly Finding[]): string {
  return found
    .map(({ weight, code, query, message, fixes }) => {
      const titles = fixes.map(({ title }) => title).join(' · ');
      const about = query === undefined ? '' : ` [${query}]`;
      return `${weight} ${code}${about}: ${message}${titles === '' ? '' : ` | fixes: ${titles}`}`;
    })
    .join('\n');
}

/** The file once the fix of that title has edited it. */
export function edited(files: TestFiles, found: readonly Finding[], title: string): string {
  const fix = found.flatMap(({ fixes }) => fixes).find(candidate => candidate.title === title);
  if (fix?.kind !== 'edit') return `no edit is called ${title}`;
  return applyEdits(files[fix.uri.replace('file:///w/', '')] ?? '', fix.edits);
}

/** The settings once the fix of that title has set its one. */
export function settled(settings: RequestSettings, found: readonly Finding[], title: string): RequestSettings {
  const fix = found.flatMap(({ fixes }) => fixes).find(candidate => candidate.title === title);
  return fix?.kind === 'set-setting' ? { ...settings, [fix.setting]: fix.value } : settings;
}
