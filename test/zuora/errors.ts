/**
 * Zuora's error answers, one function each.
 *
 * The shapes are those that clients of real tenants have pinned in their tests; AQuA's codes are Zuora's "AQuA API error
 * codes". Where no source shows the HTTP status, the comment says so.
 */
import { randomUUID } from 'node:crypto';
import { json, xml, type Answer } from './http';

/** AQuA refuses a job: HTTP 200, no id, and every batch as it was asked for. */
export function jobRefused(code: AquaErrorCode, detail: string | undefined, job: object): Answer {
  const message = detail === undefined ? aquaErrors[code] : `${aquaErrors[code]} (${detail})`;
  return json(200, { errorCode: code, message, ...job, status: 'error' });
}

/** AQuA refuses a call about a job. No source shows the status of a refused cancel; a refused submit has 200. */
export function aquaRefusal(status: number, code: AquaErrorCode): Answer {
  return json(status, { status: 'error', errorCode: code, message: aquaErrors[code] });
}

/** `Oops, request is malformed`: how Zuora answers a body it cannot read, such as format json. */
export function malformedRequest(): Answer {
  return json(400, {
    success: false,
    code: 50_000_090,
    message: 'Oops, request is malformed. Please check your request.',
  });
}

/** A token that is missing, wrong or expired. */
export function unauthorized(): Answer {
  return json(401, reasons(90_000_011, 'this resource is protected, please sign in first'));
}

/** Client id and secret that do not go together. Zuora documents the status, not the body. */
export function badClient(): Answer {
  return json(401, { message: 'Authentication error', reason: 'Invalid client id' });
}

export function idempotencyInProgress(): Answer {
  return json(409, reasons(50_000_070, 'A request with this Idempotency-Key is still in progress.'));
}

export function idempotencyMismatch(): Answer {
  return json(422, reasons(50_000_020, 'This Idempotency-Key was used with a different request.'));
}

export function headerRefused(name: string): Answer {
  return json(400, reasons(50_000_020, `Invalid value of header ${name}.`));
}

export function notFound(what: string): Answer {
  return json(404, reasons(50_000_040, `Cannot find entity by key: '${what}'.`));
}

export function methodNotAllowed(): Answer {
  return json(405, reasons(50_000_045, 'Unsupported method.'));
}

/** Describe answers XML, errors included. */
export function describeRefused(status: number, code: string, message: string): Answer {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<error><code>${code}</code><message>${message}</message></error>\n`;
  return xml(status, text);
}

function reasons(code: number, message: string): object {
  return {
    success: false,
    processId: randomUUID().replaceAll('-', '').toUpperCase().slice(0, 16),
    reasons: [{ code, message }],
  };
}

export type AquaErrorCode = keyof typeof aquaErrors;

/** The texts of 90002, 90005 and 90019 are known from real answers, the others from the table of codes. */
const aquaErrors = {
  '90002': 'Invalid Job Id',
  '90003': 'Invalid Job Id for job cancellation',
  '90004': 'The number of queries in the AQuA input exceeds 50',
  '90005': 'There is a syntax error in one of the queries in the AQuA input',
  '90012': 'Stateless AQuA does not support deleted columns',
  '90014': 'The notifyURL must be less than 5000 characters',
  '90015': 'The incremental timestamp is invalid',
  '90016': 'There are no queries in the version 1.0 AQuA request',
  '90017': 'One or more objects do not support deleted records',
  '90019': 'Partner ID not recognized',
  '90020': 'Invalid Distinct column, without Count function',
  '90021': 'Invalid currency',
  '90028': 'There are too many concurrent AQuA jobs',
} as const;
