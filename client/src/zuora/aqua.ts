// The AQuA operations: POST, GET and DELETE below /v1/batch-query/.
//
// A job's scope fixes where its requests go. Nothing here reads a setting, so what settings say later cannot redirect it.
import type { AquaJob } from './schemas';
import type { Outcome } from './outcome';
import type { DownloadSink } from './files';

/** Where a job lives. Its polls, files and cancel go there and nowhere else. */
export interface JobScope {
  /** The tenant's name in the settings: with the origin it names the credentials. */
  readonly tenant: string;
  /** Such as "https://rest.na.zuora.com": no path, no trailing slash. */
  readonly origin: string;
  /** The header `Zuora-Entity-Ids` of every request, the token's included. */
  readonly entityIds?: string;
  /** The header `Zuora-Org-Ids` of every request but the token's. */
  readonly orgIds?: string;
}

export interface SubmitRequest {
  /** The exact JSON text. A repeat with the same key sends the same bytes. */
  readonly body: string;
  /** What the settings add (Zuora-Track-Id, Zuora-Version, Accept-Encoding, extra headers); the scope's ids and ours win. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 255 characters; sent with this POST and never with anything else. */
  readonly idempotencyKey: string;
  /** Sends the body gzipped. */
  readonly gzip: boolean;
}

export interface ZuoraClient {
  /**
   * Sends the job once. Nothing is repeated here, because only the job's life knows when a repeat is safe.
   *
   * A value always has an id the service gave. A 401 comes back as `unauthorized` and drops the token, so that the next
   * call asks for a new one; the 401 itself was an answer, so that call needs a new key.
   */
  submit(scope: JobScope, request: SubmitRequest, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** The job as it is now. Repeated on network failures, 429 and 5xx, and once with a new token after a 401. */
  job(scope: JobScope, jobId: string, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** Cancels a job that is not complete; the service refuses it for one that is (`rejected`, usually code 90003). */
  cancel(scope: JobScope, jobId: string, signal: AbortSignal): Promise<Outcome<AquaJob>>;
  /** Streams a result file into the sink; see files.ts for what "complete" means. */
  download(
    scope: JobScope,
    fileId: string,
    sink: DownloadSink,
    signal: AbortSignal,
  ): Promise<Outcome<{ bytes: number }>>;
}
