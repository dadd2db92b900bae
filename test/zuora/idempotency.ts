/**
 * Zuora's table of Idempotency-Keys (Zuora docs, "Idempotent requests"): the first answer is kept for 24 hours, whatever
 * its status, and given again to the same key; 409 while the first request is under way; 422 when the key comes with
 * another URL, method or tenant.
 */
import { day, type Clock } from './clock';
import { idempotencyInProgress, idempotencyMismatch } from './errors';
import { header, type Answer, type Received } from './http';

/** `all` is what Zuora documents; the other is a service that lets a failed request be tried again with its key. */
export type KeptAnswers = 'all' | 'all but 401, 429 and 5xx';

export interface IdempotencyTable {
  /**
   * Answers a request with `act`, or with what the table holds for its key. The outcome of `act` says whether this
   * answer may be kept.
   */
  once(
    received: Received,
    key: string,
    act: () => Promise<{ readonly answer: Answer; readonly keep: boolean | undefined }>,
    report: (problem: string) => void,
  ): Promise<Answer>;
  clear(): void;
}

interface Entry {
  readonly url: string;
  readonly tenant: string;
  readonly body: string;
  readonly since: number;
  /** Undefined while the first request is under way. */
  answer: Answer | undefined;
}

export function createIdempotencyTable(clock: Clock, kept: KeptAnswers): IdempotencyTable {
  const entries = new Map<string, Entry>();
  return {
    async once(received, key, act, report) {
      const known = entries.get(key);
      const url = `${received.method} ${received.path}`;
      const tenant = header(received, 'zuora-entity-ids') ?? '';
      if (known && clock.now() < known.since + day) {
        if (known.url !== url || known.tenant !== tenant) return idempotencyMismatch();
        // Zuora's page does not name the body among what must match, so a changed one is answered from the table. It is
        // a mistake of the client all the same.
        if (known.body !== received.body) report('the body differs from the one first sent with this Idempotency-Key');
        return known.answer ?? idempotencyInProgress();
      }

      const entry: Entry = { url, tenant, body: received.body, since: clock.now(), answer: undefined };
      entries.set(key, entry);
      try {
        const { answer, keep } = await act();
        if (keep ?? keepsByRule(kept, answer.status)) entry.answer = answer;
        else entries.delete(key);
        return answer;
      } catch (error) {
        entries.delete(key);
        throw error;
      }
    },
    clear: () => entries.clear(),
  };
}

function keepsByRule(kept: KeptAnswers, status: number): boolean {
  return kept === 'all' || !(status === 401 || status === 429 || status >= 500);
}
