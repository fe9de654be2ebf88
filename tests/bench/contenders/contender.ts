// The interface of a contender: a module that exports `connect`.
export interface Options {
  baseUrl: string;
  token: string;
  /** Responds to the requests instead of the network. */
  fetch?: typeof globalThis.fetch;
}

export interface Page {
  items: readonly { id: string }[];
  has_next?: boolean | null | undefined;
  next_page?: number | null | undefined;
  total_pages?: number | null | undefined;
}

export interface Client {
  list(page: number, size: number): PromiseLike<Page>;
  get(id: string): PromiseLike<object>;
  /** Iterates over the pages, where the library has its own method for that. `ahead`: how many are requested ahead. */
  pages?(size: number, ahead: number): AsyncIterable<Page>;
}

export type Connect = (options: Options) => Promise<Client>;
