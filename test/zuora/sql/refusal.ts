import type { AquaErrorCode } from '../errors';

/** Why Zuora does not take a query. `error` is what stands behind `Error =` in its message of 90005. */
export interface Refusal {
  readonly code: AquaErrorCode;
  readonly error: string;
}

/**
 * Carries a refusal out of the depth of a translation; `translate` catches it. A translation has some forty places that
 * can refuse, and every function between them would only hand the refusal on.
 */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.error);
  }
}

export function refuse(error: string, code: AquaErrorCode = '90005'): never {
  throw new Refused({ code, error });
}

/** Zuora's texts, as clients of real tenants have seen them. */
export const texts = {
  syntax: 'You have an error in your ZOQL syntax',
  noSource: 'The requested data source could not be found',
  noField: (name: string) => `There is no field named ${name}`,
  notGrouped: 'One or more columns in the SELECT statement does not appear in the GROUP BY statement.',
  duplicateAlias: (name: string) => `Duplicate column aliases ${name} were defined.`,
  invalidValue: (name: string, value: string) => `INVALID_VALUE: invalid value for field ${name}: ${value}`,
} as const;
