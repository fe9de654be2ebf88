// What the benchmark's page offers to the script that drives it, as `bench`.
export interface Bench {
  /** Makes the contender's clients: for the sandbox, and for ready-made answers. */
  open(contender: string, baseUrl: string, token: string): Promise<void>;
  /** Fails unless the contender's results are those of the sandbox and of a ready-made page. */
  verify(size: number, ids: string[]): Promise<Verdict>;
  /** From an answer of so many tenants to usable objects, again and again for so many ms: ms for one. */
  decode(size: number, ms: number): Promise<number>;
  /** The main thread's longest block while such an answer becomes usable: ms. */
  decodeBlock(size: number): Promise<number>;
  /** Calls one after the other for so many ms, from call to result: ms for one. */
  listCalls(size: number, ms: number): Promise<number>;
  getCalls(id: string, ms: number): Promise<number>;
  /** The same by bare `fetch` whose answers are not to be kept, as they hold API keys. */
  noStoreGetCalls(id: string, ms: number): Promise<number>;
  /** So many calls one after the other. */
  /** `pages`: how many there are before the first one comes again. */
  lists(times: number, pages: number): Promise<void>;
  gets(ids: string[]): Promise<void>;
  /** Calls at once, and the main thread's longest block meanwhile. */
  atOnce(ids: string[]): Promise<{ ms: number; block: number }>;
  /** Begins a walk through all tenants. */
  walk(size: number): Promise<void>;
  /** Goes on with it for so many pages. */
  walkOn(pages: number): Promise<Walked>;
  wasmBytes(): Promise<number>;
  /** From `connect` to ready, and an empty module fetched and instantiated in the same way: ms. */
  start(contender: string, emptyFirst: boolean): Promise<{ ready: number; empty: number }>;
}

export interface Walked {
  pages: number;
  tenants: number;
  done: boolean;
  ms: number;
}

/** What a contender's results were checked for, and whether it refuses answers that are not what the API promises. */
export interface Verdict {
  refusesWrongType: boolean;
  refusesRefusal: boolean;
}
