// Iterations over all tenants, page by page.
import pLimit from "p-limit";
import type { Client, Page } from "../contenders/contender.js";

/** Iterates by the library's own method, or else by what an app would write. `ahead`: the number of pages that are requested ahead. */
export function iterate(client: Client, size: number, ahead: number): AsyncIterator<Page> {
  const pages = client.pages?.(size, ahead) ?? (ahead > 0 ? atATime(client, size, ahead) : oneByOne(client, size));
  return pages[Symbol.asyncIterator]();
}

async function* oneByOne({ list }: Client, size: number): AsyncGenerator<Page> {
  for (let number = 1, more = true; more; number++) {
    const page = await list(number, size);
    more = page.has_next === true;
    yield page;
  }
}

/** After the first page, some pages at a time. They are given in their order, and not kept. */
async function* atATime({ list }: Client, size: number, concurrency: number): AsyncGenerator<Page> {
  const first = await list(1, size);
  const limit = pLimit(concurrency);
  const rest = Array.from({ length: (first.total_pages ?? 1) - 1 }, (_, i) =>
    limit(() => Promise.resolve(list(i + 2, size))),
  );
  try {
    yield first;
    for (let next; (next = rest.shift());) yield await next;
  } finally {
    limit.clearQueue();
  }
}
