// Pages that an iteration requests ahead.
import { AbortError, ApiError, NetworkError, ProtocolError, ValidationError } from "omicall-partner";
import type { PartnerClient } from "omicall-partner";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  apiError,
  collect,
  json,
  NUMBERS,
  LIST,
  page,
  recordingFetch,
  rejection,
  requestCounts,
  reset,
  sandboxClient,
  SEEDED,
  stubbedClient,
  success,
} from "./support";

/** A server with a list of pages, whose responses arrive when the test says so. */
function listServer(total: number, more: (page: number) => Record<string, unknown> = () => ({})) {
  const pending = new Map<number, (response: Response) => void>();
  const aborted: number[] = [];
  const requested: number[] = [];
  const response = (number: number) =>
    success(
      page([`t${number}`], {
        page_number: number,
        total_items: total,
        total_pages: total,
        has_next: number < total,
        next_page: number + 1,
        ...more(number),
      }),
    );
  const { fetch } = recordingFetch(({ url, signal }) => {
    const number = Number(new URL(url).searchParams.get("page"));
    requested.push(number);
    return new Promise<Response>((resolve, reject) => {
      pending.set(number, resolve);
      signal.addEventListener("abort", () => {
        aborted.push(number);
        pending.delete(number);
        reject(signal.reason as Error);
      });
    });
  });
  const respond = (number: number, answer = response(number)) => {
    pending.get(number)?.(answer);
    pending.delete(number);
  };
  /** Waits until these pages and no others are requested and not answered. */
  const open = (...numbers: number[]) => vi.waitFor(() => expect([...pending.keys()].sort()).toEqual(numbers));
  return { client: () => stubbedClient({ fetch }, { maxRetries: 0 }), respond, open, requested, aborted };
}

const pagesOf = (omi: PartnerClient, prefetch: number) => {
  const pages = omi.tenants.list({ size: 1 }, { prefetch }).pages()[Symbol.asyncIterator]();
  return { next: async () => (await pages.next()).value?.page_number, end: () => pages.return?.() };
};

describe("an iteration with pages ahead", () => {
  test("gives them in order, whatever the order of the responses", async () => {
    const server = listServer(5);
    const { next } = pagesOf(await server.client(), 3);
    const first = next();
    await server.open(1);
    server.respond(1);
    expect(await first).toBe(1);
    await server.open(2, 3, 4);
    for (const number of [4, 3, 2]) server.respond(number);
    expect(await next()).toBe(2);
    await server.open(5);
    expect(await next()).toBe(3);
    expect(await next()).toBe(4);
    server.respond(5);
    expect(await next()).toBe(5);
    expect(await next()).toBeUndefined();
    expect(server.requested).toEqual([1, 2, 3, 4, 5]);
  });

  test("requests none before the first page has arrived, and none while the caller does not ask", async () => {
    const server = listServer(100);
    const { next } = pagesOf(await server.client(), 2);
    void next();
    await server.open(1);
    server.respond(1);
    await server.open(2, 3);
    server.respond(2);
    server.respond(3);
    await server.open();
    expect(server.requested).toEqual([1, 2, 3]);
  });

  test("requests one page ahead where the server does not say how many there are", async () => {
    const server = listServer(3, () => ({ total_pages: null, total_items: null }));
    const { next } = pagesOf(await server.client(), 4);
    for (const number of [1, 2, 3]) {
      const result = next();
      await server.open(number);
      server.respond(number);
      expect(await result).toBe(number);
    }
    expect(await next()).toBeUndefined();
    expect(server.requested).toEqual([1, 2, 3]);
  });

  test("ends where the list has become shorter, and drops what it requested beyond", async () => {
    const server = listServer(9, (number) => (number === 2 ? { has_next: false, total_pages: 2 } : {}));
    const { next } = pagesOf(await server.client(), 3);
    void next();
    await server.open(1);
    server.respond(1);
    await server.open(2, 3, 4);
    server.respond(2);
    expect(await next()).toBe(2);
    expect(await next()).toBeUndefined();
    expect(server.aborted).toEqual([3, 4]);
  });

  test("aborts them at break", async () => {
    const server = listServer(9);
    const omi = await server.client();
    const loop = (async () => {
      for await (const tenant of omi.tenants.list({ size: 1 }, { prefetch: 2 })) {
        await server.open(2, 3);
        return tenant.id;
      }
      return undefined;
    })();
    await server.open(1);
    server.respond(1);
    expect(await loop).toBe("t1");
    await server.open();
    expect([server.requested, server.aborted]).toEqual([
      [1, 2, 3],
      [2, 3],
    ]);
  });

  test("aborts them with the caller's signal, and rejects with its reason", async () => {
    const server = listServer(9);
    const controller = new AbortController();
    const list = (await server.client()).tenants.list({ size: 1 }, { prefetch: 2, signal: controller.signal });
    const pages = list.pages()[Symbol.asyncIterator]();
    void pages.next();
    await server.open(1);
    server.respond(1);
    await server.open(2, 3);
    const second = pages.next();
    controller.abort("enough");
    expect(await rejection(second, AbortError)).toMatchObject({ cause: "enough", endpoint: LIST });
    expect([server.requested, server.aborted]).toEqual([
      [1, 2, 3],
      [2, 3],
    ]);
    expect((await pages.next()).done).toBe(true);
  });

  test("ends at an abort, also when the pages ahead have arrived", async () => {
    const server = listServer(9);
    const controller = new AbortController();
    const { signal } = controller;
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const list = (await server.client()).tenants.list({ size: 1 }, { prefetch: 2, signal });
    const pages = list.pages()[Symbol.asyncIterator]();
    expect(added).not.toHaveBeenCalled();
    void pages.next();
    await server.open(1);
    server.respond(1);
    await server.open(2, 3);
    server.respond(2);
    server.respond(3);
    await server.open();
    controller.abort("enough");
    expect(await rejection(pages.next(), AbortError)).toMatchObject({ cause: "enough", endpoint: LIST, attempts: 0 });
    expect(server.requested).toEqual([1, 2, 3]);
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
  });

  test("reports an error when its page's turn comes, and drops the pages after it", async () => {
    const server = listServer(9);
    const { next } = pagesOf(await server.client(), 3);
    void next();
    await server.open(1);
    server.respond(1);
    await server.open(2, 3, 4);
    server.respond(3, apiError("busy"));
    server.respond(2);
    expect(await next()).toBe(2);
    expect(await rejection(next(), ApiError)).toMatchObject({ code: "busy", attempts: 1 });
    await server.open();
    expect(server.aborted).toEqual([4, 5]);
  });

  test("ends with an error where the server repeats a page", async () => {
    const server = listServer(9, (number) => (number === 3 ? { page_number: 2 } : {}));
    const { next } = pagesOf(await server.client(), 2);
    void next();
    await server.open(1);
    server.respond(1);
    await server.open(2, 3);
    server.respond(2);
    server.respond(3);
    expect(await next()).toBe(2);
    expect(await rejection(next(), ProtocolError)).toMatchObject({ path: "payload.page_number" });
    await server.open();
  });

  test("retries a page ahead as any read", async () => {
    let failures = 1;
    const { fetch, sent } = recordingFetch(({ url }) => {
      const number = Number(new URL(url).searchParams.get("page"));
      if (number === 3 && failures-- > 0) return json({}, { status: 503, headers: { "retry-after": "0" } });
      return success(page([`t${number}`], { page_number: number, total_pages: 4, has_next: number < 4 }));
    });
    const omi = await stubbedClient({ fetch }, { maxRetries: 1 });
    const ids = (await collect(omi.tenants.list({}, { prefetch: 4 }))).map(({ id }) => id);
    expect(ids).toEqual(["t1", "t2", "t3", "t4"]);
    expect(sent).toHaveLength(5);
  });

  test("leaves no rejection unhandled when it ends before a page ahead has failed", async () => {
    const unhandled = vi.fn();
    addEventListener("unhandledrejection", unhandled);
    const server = listServer(9);
    const pages = pagesOf(await server.client(), 2);
    void pages.next();
    await server.open(1);
    server.respond(1);
    await server.open(2, 3);
    server.respond(2, Response.error());
    await pages.end();
    await new Promise((resolve) => setTimeout(resolve));
    removeEventListener("unhandledrejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

test("awaiting a list requests one page", async () => {
  const server = listServer(9);
  const list = (await server.client()).tenants.list({ size: 1 }, { prefetch: 4 });
  const first = list.then(({ items }) => items);
  await server.open(1);
  server.respond(1);
  expect(await first).toHaveLength(1);
  expect(await list).toMatchObject({ page_number: 1 });
  expect(server.requested).toEqual([1]);
});

test.each([-1, 17, 1.5, NaN, "4", null, {}])("%j is no number of pages to request ahead", async (prefetch) => {
  const { client, requested } = listServer(1);
  const omi = await client();
  const options = { prefetch } as never;
  for (const items of [collect(omi.tenants.list({}, options)), collect(omi.numbers.list({}, options))]) {
    const error = await rejection<ValidationError>(items, ValidationError);
    expect(error.issues).toEqual([
      { field: "prefetch", code: "request_invalid", message: "prefetch must be an integer from 0 to 16." },
    ]);
  }
  expect(requested).toEqual([]);
});

describe("in the sandbox", () => {
  beforeEach(reset);

  test.each([0, 1, 4, 16])("%i pages ahead give every tenant once, by one request for each page", async (prefetch) => {
    const omi = await sandboxClient();
    const tenants = await collect(omi.tenants.list({ size: 7 }, { prefetch }));
    expect(new Set(tenants.map(({ id }) => id)).size).toBe(SEEDED.total);
    expect(tenants).toEqual(await collect(omi.tenants.list({ size: 200 })));
    const numbers = await collect(omi.numbers.list({ size: 25 }, { prefetch }));
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(120);
    expect(await requestCounts()).toEqual({ [LIST]: Math.ceil(SEEDED.total / 7) + 1, [NUMBERS]: 5 });
  });

  test("a client that was closed reports it at the next page", async () => {
    const omi = await sandboxClient();
    const pages = omi.tenants.list({ size: 50 }, { prefetch: 1 }).pages()[Symbol.asyncIterator]();
    await pages.next();
    omi.close();
    const error = await rejection(pages.next(), ValidationError);
    expect(error.issues).toMatchObject([{ field: "client", code: "client_closed" }]);
    expect(error).not.toBeInstanceOf(NetworkError);
  });
});
