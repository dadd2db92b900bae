/**
 * What Zuora's API takes, as JSON schemas: the request bodies of AQuA's submit and of the token call.
 *
 * Reduced from Zuora's OpenAPI of 2023-12-15 (tags Aggregate Queries and OAuth), with what its examples and real answers
 * correct: `deleted` is an object, `version` and the booleans also come as strings, `encrypted` is still accepted.
 * Unlike Zuora it refuses unknown fields, so that a misspelt one shows.
 */
const flag = { enum: [true, false, 'true', 'false'] } as const;

const deleted = {
  type: 'object',
  additionalProperties: false,
  properties: {
    column: { type: 'string', minLength: 1 },
    format: { enum: ['Boolean', 'Numeric'] },
    forceExport: { type: 'boolean' },
  },
} as const;

const batchQuery = {
  type: 'object',
  additionalProperties: false,
  required: ['query'],
  properties: {
    query: { type: 'string', minLength: 1 },
    name: { type: 'string' },
    type: { enum: ['zoql', 'zoqlexport'] },
    apiVersion: { type: 'string' },
    convertToCurrencies: { type: 'string' },
    deleted,
  },
} as const;

/** `POST /v1/batch-query/`, with `format` in lower case: Zuora does not mind the case. */
export const submitSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    format: { enum: ['csv', 'zip', 'gzip'] },
    version: { enum: [1, 1.1, '1.0', '1.1'] },
    name: { type: 'string', maxLength: 32 },
    encrypted: { enum: ['none', 'pgp'] },
    useQueryLabels: flag,
    dateTimeUtc: flag,
    nullReplacement: { type: 'string' },
    partner: { type: 'string' },
    project: { type: 'string' },
    incrementalTime: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' },
    offset: { type: 'integer', minimum: 0, maximum: 3600 },
    notifyUrl: { type: 'string', maxLength: 4999 },
    sourceData: { enum: ['LIVE', 'WAREHOUSE'] },
    warehouseSize: { enum: ['xsmall'] },
    queries: { type: 'array', maxItems: 50, items: batchQuery },
  },
} as const;

/** `POST /oauth/token`, its form fields as an object. */
export const tokenSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['client_id', 'client_secret', 'grant_type'],
  properties: {
    client_id: { type: 'string', minLength: 36, maxLength: 36 },
    client_secret: { type: 'string', maxLength: 42 },
    grant_type: { enum: ['client_credentials'] },
  },
} as const;

export interface SubmitRequest {
  readonly format?: 'csv' | 'zip' | 'gzip';
  readonly version?: number | string;
  readonly name?: string;
  readonly encrypted?: 'none' | 'pgp';
  readonly useQueryLabels?: boolean | 'true' | 'false';
  readonly dateTimeUtc?: boolean | 'true' | 'false';
  readonly nullReplacement?: string;
  readonly partner?: string;
  readonly project?: string;
  readonly incrementalTime?: string;
  readonly offset?: number;
  readonly notifyUrl?: string;
  readonly sourceData?: string;
  readonly queries?: readonly SubmitQuery[];
}

export interface SubmitQuery {
  readonly query: string;
  readonly name?: string;
  readonly type?: 'zoql' | 'zoqlexport';
  readonly apiVersion?: string;
  readonly convertToCurrencies?: string;
  readonly deleted?: DeletedColumn;
}

export interface DeletedColumn {
  readonly column?: string;
  readonly format?: 'Boolean' | 'Numeric';
  readonly forceExport?: boolean;
}

/** The job as every call about it answers, for the stand-in's own tests: what it invents, no client should learn. */
export const jobSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'status', 'batches'],
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    version: { enum: [1, 1.1, '1.0', '1.1'] },
    format: { enum: ['CSV', 'ZIP', 'GZIP'] },
    status: { enum: ['submitted', 'executing', 'completed', 'error', 'aborted', 'cancelled'] },
    encrypted: { type: 'string' },
    partner: { type: 'string' },
    project: { type: 'string' },
    sourceData: { type: 'string' },
    offset: { type: 'number' },
    incrementalTime: { type: 'number' },
    notifyUrl: { type: 'string' },
    useLastCompletedJobQueries: { type: 'boolean' },
    startTime: { type: 'string' },
    batches: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['batchId', 'query', 'batchType', 'status', 'localizedStatus', 'apiVersion', 'full', 'recordCount'],
        properties: {
          batchId: { type: 'string', minLength: 32, maxLength: 32 },
          name: { type: 'string' },
          query: { type: 'string' },
          batchType: { enum: ['zoql', 'zoqlexport'] },
          status: { enum: ['submitted', 'pending', 'executing', 'completed', 'aborted', 'cancelled'] },
          localizedStatus: { type: 'string' },
          apiVersion: { type: 'string' },
          full: { type: 'boolean' },
          recordCount: { type: 'integer' },
          message: { type: 'string', maxLength: 2048 },
          fileId: { type: 'string' },
          segments: { type: 'array', items: { type: 'string' } },
          deleted,
        },
      },
    },
  },
} as const;
