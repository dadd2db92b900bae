// What Zuora's answers look like, checked before anything else sees them.
//
// Unknown fields, unknown states and missing parts are tolerated: the service changes without asking us. Ids are not: they
// become part of paths and file names, so anything that does not look like an id makes the whole answer malformed.
import * as v from 'valibot';

/** Zuora's own ids are 32 hexadecimal digits; the rule is a little wider and lets nothing through that means anything in a path. */
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

const id = v.pipe(v.string(), v.regex(idPattern));

/** Zuora's ids of things that are not there yet come absent, as null or as an empty text. */
const optionalId = v.optional(
  v.union([
    id,
    v.pipe(
      v.union([v.null(), v.literal('')]),
      v.transform(() => undefined),
    ),
  ]),
);

const text = v.pipe(
  v.nullish(v.union([v.string(), v.number(), v.boolean()])),
  v.transform(value => (value === null || value === undefined ? undefined : String(value))),
);

/** A count comes as a number in practice and as a string in the specification. Anything else is no count. */
const count = v.pipe(
  v.nullish(v.unknown()),
  v.transform(value => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
  }),
);

const batchSchema = v.object({
  batchId: optionalId,
  name: text,
  query: text,
  /** submitted, pending, executing, completed, aborted, cancelled, deleted_notallowed, or a state newer than this program. */
  status: v.optional(text, ''),
  recordCount: count,
  batchType: text,
  /** False where a stateful job exports only what has changed. Whatever is no boolean says nothing. */
  full: v.fallback(v.optional(v.boolean()), undefined),
  message: text,
  fileId: optionalId,
  segments: v.optional(
    v.union([
      v.array(id),
      v.pipe(
        v.null(),
        v.transform(() => undefined),
      ),
    ]),
  ),
});

export const jobSchema = v.object({
  id: optionalId,
  name: text,
  status: text,
  message: text,
  /** Of a job that failed. */
  errorCode: text,
  /** `1.1` with partner and project makes the job stateful. */
  version: text,
  partner: text,
  project: text,
  batches: v.optional(
    v.union([
      v.array(batchSchema),
      v.pipe(
        v.null(),
        v.transform(() => []),
      ),
    ]),
    [],
  ),
});

/** A job answer with its id. `status` is submitted, executing, completed, error, aborted, cancelled, or a newer one. */
export interface AquaJob extends Omit<v.InferOutput<typeof jobSchema>, 'id' | 'status'> {
  readonly id: string;
  readonly status: string;
}

/** The answer of POST /oauth/token. `expires_in` is judged in auth.ts: a wrong one must not cost the token. */
export const tokenSchema = v.object({
  access_token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,8192}$/)),
  expires_in: v.optional(v.unknown()),
});
