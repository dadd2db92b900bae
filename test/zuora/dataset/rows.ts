/** The generated data before it is put into tables. */
import type { Random } from './random';

export type Value = string | number | boolean | null;

/**
 * A row by field names. A link to another object stands under its path, e.g. `BillToContact.Id`; the foreign key field
 * `BillToId` follows from it. Fields that are not named are null.
 */
export type Row = Readonly<Record<string, Value>> & { readonly Id: string };

/** Marks a row that was deleted and is only exported on request. Not a field's name, so that none can clash. */
export const deletedMark = '~deleted';

/** What every part of the generator works with. */
export interface Making {
  readonly random: Random;
  /** The last day of the data, as days since 1970. */
  readonly today: number;
}

/** `2026-08-04`; `days` counts from 1970. */
export function dateOf(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** The day of a date in days since 1970. */
export function dayOf(date: string): number {
  return Math.floor(Date.parse(date) / 86_400_000);
}

/** A moment of that day, in UTC. */
export function momentOf({ random }: Making, days: number): string {
  return new Date(days * 86_400_000 + random.integer(0, 86_399) * 1000).toISOString().replace('.000Z', 'Z');
}

/** The same day of the month, `months` later; days 29 to 31 become the 28th, so that each month has it. */
export function monthsLater(days: number, months: number): number {
  const date = new Date(days * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, Math.min(28, date.getUTCDate())) / 86_400_000;
}

/** Id, creation and last change, as every object has them. */
export function stamped(
  making: Making,
  { created, updated = created }: { readonly created: number; readonly updated?: number },
): { Id: string; CreatedDate: string; CreatedById: string; UpdatedDate: string; UpdatedById: string } {
  const { random, today } = making;
  const createdDate = momentOf(making, created);
  const user = random.pick(users);
  const changed = Math.min(today, updated) <= created ? createdDate : momentOf(making, Math.min(today, updated));
  return { Id: random.id(), CreatedDate: createdDate, CreatedById: user, UpdatedDate: changed, UpdatedById: user };
}

/** Amounts have two decimals. */
export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

const users: readonly [string, ...string[]] = [
  '2c92c0f84a1b2c3d4e5f60718293a4b5',
  '2c92c0f85b2c3d4e5f60718293a4b5c6',
  '2c92c0f86c3d4e5f60718293a4b5c6d7',
];
