// What every contender is to the benchmark: a module that exports `connect`.
export interface Options {
  baseUrl: string;
  token: string;
  /** Answers the requests in place of the network. */
  fetch?: typeof globalThis.fetch;
}

export interface Page {
  items: readonly { id: string }[];
  has_next?: boolean | null | undefined;
  next_page?: number | null | undefined;
}

export interface Client {
  list(page: number, size: number): PromiseLike<Page>;
  get(id: string): PromiseLike<object>;
  /** Page after page, where the library has a way of its own. */
  pages?(size: number): AsyncIterable<Page>;
}

export type Connect = (options: Options) => Promise<Client>;
