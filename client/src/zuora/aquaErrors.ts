// What Zuora's error codes mean, and what to do about them, in plain words. Data only; ../words.ts makes sentences of it.

/** One whole sentence each. */
export interface CodeWords {
  /** What is the matter, where Zuora's own words may say too little. */
  readonly cause: string;
  /** What a person can do. */
  readonly remedy: string;
}

/** Undefined for a code that nobody has documented: then Zuora's own words are all there is. */
export function codeWords(code: string): CodeWords | undefined {
  if (Object.hasOwn(ownCodes, code)) return ownCodes[code];
  return /^\d{8}$/.test(code) ? categories[code.slice(-2)] : undefined;
}

/** The code in front of a message about a job or a batch, as in `90018: no permission to one or more objects`. */
export function codeIn(message: string): string | undefined {
  return codeInFront.exec(message)?.[1];
}

export function withoutCode(message: string): string {
  return message.replace(codeInFront, '');
}

const codeInFront = /^(\d{5}|\d{8}): */;

/** The codes of AQuA (Zuora docs, AQuA API error codes), which 90011, 90013 and 90023 to 90026 are not among. */
export const aquaCodes = {
  '90001': {
    cause: 'Zuora knows no batch of this ID.',
    remedy: 'Check that the job is in the entity that the tenant is set to.',
  },
  '90002': {
    cause: 'The job is in another entity, or older than the 180 days for which Zuora keeps jobs.',
    remedy: 'Check the ID and the entity IDs of the tenant, or submit the job again.',
  },
  '90003': {
    cause: 'Only a job that is not complete can be canceled.',
    remedy: 'Refresh the job to see how it has ended.',
  },
  '90004': {
    cause: 'A job takes at most 50 queries.',
    remedy: 'Submit them as several jobs.',
  },
  '90005': {
    cause: 'Zuora could not read one of the queries, or knows no object or field of a name in it.',
    remedy: 'Mend the query and submit again.',
  },
  '90006': {
    cause: 'Zuora could not store a result.',
    remedy: 'Submit the job again a little later.',
  },
  '90007': {
    cause: 'Zuora began to run a query and gave it up.',
    remedy: 'Mend the query that failed and submit it again.',
  },
  '90008': {
    cause: 'Zuora could not reach its database.',
    remedy: 'Submit the job again a little later.',
  },
  '90009': {
    cause: "The client's user may not run AQuA jobs.",
    remedy: "Give the role of the client's user the permission in Zuora, or sign in with another client.",
  },
  '90010': {
    cause: 'Zuora failed for a reason of its own.',
    remedy: 'Submit the job again a little later, and tell Zuora Support if it fails again.',
  },
  '90012': {
    cause: 'A stateless job gives deleted rows only where that is forced.',
    remedy: 'Add forceExport=true to the @deleted of its query, or submit a stateful job.',
  },
  '90014': {
    cause: 'The URL that Zuora is to notify must have fewer than 5,000 characters.',
    remedy: 'Shorten the setting zoql.job.notifyUrl.',
  },
  '90015': {
    cause: 'Zuora cannot read the time from which changes are wanted.',
    remedy: 'Write the setting zoql.job.incrementalTime as YYYY-MM-DD HH:MM:SS.',
  },
  '90016': {
    cause: 'A job of version 1.0 needs at least one query.',
    remedy: 'Submit a file that has a query.',
  },
  '90017': {
    cause: 'An object of a query with @deleted keeps no deleted rows.',
    remedy: 'Take @deleted away from the queries of that object.',
  },
  '90018': {
    cause: "The client's user may not read one or more objects, so Zuora ignored their queries.",
    remedy: "Give the client's user the permission in Zuora, and submit again.",
  },
  '90019': {
    cause: 'Zuora knows no partner of this ID; Zuora Support issues them.',
    remedy: 'Correct the setting zoql.job.partner, or clear it for a stateless job.',
  },
  '90020': {
    cause: 'DISTINCT works inside of count() only.',
    remedy: 'Write count(distinct …), or take DISTINCT away.',
  },
  '90021': {
    cause: 'A currency is not one of the tenant, or the tenant cannot convert currencies.',
    remedy: 'Correct or remove the @convertToCurrencies of the query.',
  },
  '90022': {
    cause: 'Zuora failed for a reason of its own that may pass.',
    remedy: 'Submit the job again.',
  },
  '90027': {
    cause: 'A query ran longer than Zuora lets it, which is three hours.',
    remedy: 'Ask for less with each query, for example for one month, and submit again.',
  },
  '90028': {
    cause: 'As many jobs run on this tenant as Zuora lets it run at once, which is 50 stateless and 50 stateful ones.',
    remedy: 'Submit again when one of them has ended, or cancel one.',
  },
  '90029': {
    cause: 'The job was in processing longer than Zuora lets it.',
    remedy: 'Submit it again as several smaller jobs.',
  },
} as const satisfies Readonly<Record<string, CodeWords>>;

/** Codes of eight digits whose category says too little. */
const ownCodes: Readonly<Partial<Record<string, CodeWords>>> = {
  ...aquaCodes,
  '50000090': {
    cause: 'Zuora cannot read the request as a whole, for example because of the format of the results.',
    remedy: 'Check the settings of the job, above all zoql.job.format.',
  },
  // The file service's own limit, which has no number.
  'max-object-size': {
    cause: 'Zuora gives out result files of up to 2,047 MB.',
    remedy: 'Ask for less with the query, for example for one month, and submit it again.',
  },
  '90000011': {
    cause: 'Zuora does not accept the sign-in.',
    remedy: 'Run ZOQL: Sign In.',
  },
};

/** What is worth a repeat: locks, failures of Zuora's own, limits (Zuora docs, error handling). */
const later = 'Try again a little later.';

/** The last two of eight digits say what kind of error it is; the others name the resource (Zuora docs, error codes). */
const categories: Readonly<Partial<Record<string, CodeWords>>> = {
  '10': {
    cause: 'A permission of the user or of the tenant is missing.',
    remedy: "Have the client's user given what Zuora names.",
  },
  '11': { cause: 'Zuora does not accept the sign-in.', remedy: 'Run ZOQL: Sign In.' },
  '20': { cause: 'A value or its form is not valid.', remedy: 'Correct the value that Zuora names.' },
  '21': { cause: 'The request has a field that Zuora does not know.', remedy: 'Remove what Zuora names.' },
  '22': { cause: 'The request lacks a field that Zuora needs.', remedy: 'Add the field that Zuora names.' },
  '23': { cause: 'The request lacks a parameter that Zuora needs.', remedy: 'Add the parameter that Zuora names.' },
  '30': { cause: 'A business rule of Zuora forbids it.', remedy: 'Follow the rule that Zuora names.' },
  '40': {
    cause: 'Zuora does not have what was asked for.',
    remedy: 'Check the ID, and the entity IDs of the tenant.',
  },
  '45': {
    cause: 'The address takes no such request.',
    remedy: 'Check the address in the setting zoql.tenants.',
  },
  '50': { cause: 'Something else was at work on the same data.', remedy: later },
  '60': { cause: 'Zuora failed for a reason of its own.', remedy: later },
  '61': { cause: 'Zuora failed for a reason of its own that passes.', remedy: later },
  '70': { cause: 'Zuora has too many requests at once.', remedy: later },
  '90': { cause: 'Zuora cannot read the request.', remedy: 'Check the settings of the job.' },
  '99': { cause: 'A service that Zuora depends on failed.', remedy: later },
};
