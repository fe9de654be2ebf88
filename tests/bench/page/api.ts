// The interface `bench` of the benchmark's page, which the driving script calls.
export interface Bench {
  /** Creates the contender's clients: one for the sandbox, and one for stored responses. */
  open(contender: string, baseUrl: string, token: string): Promise<void>;
  /** Rejects unless the contender's results are those of the sandbox and of a stored page. */
  verify(size: number, ids: string[]): Promise<Verdict>;
  /** Decodes responses of `size` tenants to usable objects for `ms` milliseconds: the mean time in ms. */
  decode(size: number, ms: number): Promise<number>;
  /** The longest block of the main thread while one such response is decoded, in ms. */
  decodeBlock(size: number): Promise<number>;
  /** Sequential calls for `ms` milliseconds: the mean time from call to result, in ms. */
  listCalls(size: number, ms: number): Promise<number>;
  getCalls(id: string, ms: number): Promise<number>;
  /** The same with bare `fetch` and `cache: "no-store"`, because the responses contain API keys. */
  noStoreGetCalls(id: string, ms: number): Promise<number>;
  /** Sequential calls. `pages`: the number of different pages, which are requested in turn. */
  lists(times: number, pages: number): Promise<void>;
  gets(ids: string[]): Promise<void>;
  /** Concurrent calls, and the longest block of the main thread during them. */
  atOnce(ids: string[]): Promise<{ ms: number; block: number }>;
  /** Starts an iteration over all tenants, and ends the one before. `ahead`: the number of pages that are requested ahead. */
  startIteration(size: number, ahead: number): Promise<void>;
  /** Reads the next pages of the iteration. */
  readPages(pages: number): Promise<PagesRead>;
  wasmBytes(): Promise<number>;
  /** The time of `connect`, and of fetching and instantiating an empty module in the same way, in ms. */
  start(contender: string, emptyFirst: boolean): Promise<{ ready: number; empty: number }>;
}

export interface PagesRead {
  pages: number;
  tenants: number;
  done: boolean;
  ms: number;
}

/** Whether a contender rejects responses that violate the contract. */
export interface Verdict {
  rejectsWrongType: boolean;
  rejectsErrorEnvelope: boolean;
}
