// Result files: GET /v1/files/{id}, streamed.

/** Where the bytes of a file go. A rejection ends the download with a `storage` failure. */
export interface DownloadSink {
  /** Before each attempt: what an earlier one wrote is void. */
  start(): Promise<void>;
  write(chunk: Uint8Array): Promise<void>;
}
