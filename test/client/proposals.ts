// What is proposed of files and settings, as the preflight gets it.
import { readFileSync } from 'node:fs';
import { createPlan } from '../../client/src/jobs/plan';
import { propose, type MoreFindings, type Proposal } from '../../client/src/jobs/proposal';
import type { RequestSetting, RequestSettings } from '../../client/src/jobs/settings';
import { createCatalogue, type CatalogueData, type Context } from '../../server/src/zoql/index';

/** Without the tenant's own names. */
export const context: Context = {
  catalogue: createCatalogue(JSON.parse(readFileSync('server/src/zoql/catalogue.data.json', 'utf8')) as CatalogueData),
  queryType: 'auto',
};

export const tenant = {
  name: 'Sandbox',
  marked: 'Sandbox',
  origin: 'https://rest.test.zuora.com',
  kind: 'US Developer & Central Sandbox',
};

export interface ProposalParts {
  /** Name to text. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: RequestSettings;
  /** Settings of the workspace rather than the person. */
  readonly ofWorkspace?: readonly RequestSetting[];
  readonly of?: string;
  readonly notZoql?: readonly string[];
  readonly gone?: readonly string[];
  readonly more?: MoreFindings;
}

export function proposalOf({
  files,
  settings = {},
  ofWorkspace = [],
  of,
  notZoql = [],
  gone = [],
  more = () => [],
}: ProposalParts): Proposal {
  const documents = documentsOf(files);
  const { queries, withoutStatement } = createPlan(documents, context);
  const variables = { now: new Date(0), uuid: 'uuid-1' };
  return propose({
    tenant,
    of,
    settings,
    ofWorkspace: new Set(ofWorkspace),
    queries,
    documents,
    withoutStatement,
    notZoql,
    gone,
    variables,
    zone: 'Europe/Berlin',
    lastJob: undefined,
    groupId: 'group-1',
    more,
  });
}

export function documentsOf(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([name, text]) => ({
    uri: `file:///w/${name}`,
    baseName: name,
    relativePath: name,
    text,
  }));
}
