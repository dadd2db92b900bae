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

/** A job that exists, as its later requests need it. */
export interface JobTarget extends JobScope {
  /** The headers of its POST that the settings gave, such as Zuora-Track-Id, Zuora-Version and Accept-Encoding. */
  readonly headers?: Readonly<Record<string, string>>;
}
