/** What a well-behaved client never sends. A test ends with `assert.deepEqual(zuora.violations, [])`. */
export interface Violation {
  /** `POST /v1/batch-query/` */
  readonly request: string;
  /** E.g. `/queries/0/type must be equal to one of the allowed values`. */
  readonly problem: string;
}
