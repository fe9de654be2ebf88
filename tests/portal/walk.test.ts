import { QueryClient, QueryObserver } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";
import { beforeEach, expect, test } from "vitest";
import { refreshTenant, walkProgressQuery, walkQuery } from "../../www/src/data/tenants";

const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);

/** A server with a list of tenants. The test decides when a page is answered, and how. */
function fakeServer(ids: string[]) {
  const server = {
    ids,
    balances: new Map<string, number>(),
    pages: [] as number[],
    beforePage: async (_page: number) => {},
  };
  const tenant = (id: string) => ({ id, balance: server.balances.get(id) ?? 0 });
  const tenants = {
    list({ page = 1, size = 50 }: { page?: number; size?: number }) {
      const get = async (number: number) => {
        server.pages.push(number);
        await server.beforePage(number);
        const items = server.ids.slice((number - 1) * size, number * size).map(tenant);
        return { items, total_items: server.ids.length, has_next: number * size < server.ids.length };
      };
      return {
        then: (...handlers: Parameters<Promise<unknown>["then"]>) => get(page).then(...handlers),
        async *pages() {
          for (let number = page; ; number += 1) {
            const result = await get(number);
            yield result;
            if (!result.has_next) return;
          }
        },
      };
    },
    get: async (id: string) => tenant(id),
  };
  return { server, client: { tenants } as unknown as PartnerClient };
}

let queryClient: QueryClient;
beforeEach(() => {
  queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
});

const loaded = (client: PartnerClient) => queryClient.getQueryData(walkQuery(client).queryKey);
const load = (client: PartnerClient) => queryClient.fetchQuery({ ...walkQuery(client), staleTime: 0 });

test("a walk that has failed keeps its tenants, and goes on behind them", async () => {
  const { server, client } = fakeServer(names(250));
  server.beforePage = async (page) => {
    if (page === 3) throw new Error("no answer");
  };
  await expect(load(client)).rejects.toThrow("no answer");
  expect(loaded(client)).toMatchObject({ total: 250, complete: false, tenants: { length: 200 } });
  expect(queryClient.getQueryData(walkProgressQuery().queryKey)).toEqual({ loaded: 200, total: 250 });

  server.beforePage = async () => {};
  server.pages = [];
  expect((await load(client)).tenants.map(({ id }) => id)).toEqual(names(250));
  // The first one asks whether the number of tenants is still the same.
  expect(server.pages).toEqual([1, 3]);
});

test("a walk starts again when there are more tenants than before", async () => {
  const { server, client } = fakeServer(names(250));
  server.beforePage = async (page) => {
    if (page === 3) throw new Error("no answer");
  };
  await expect(load(client)).rejects.toThrow();
  server.beforePage = async () => {};
  server.ids = ["new", ...server.ids];
  expect((await load(client)).tenants.map(({ id }) => id)).toEqual(["new", ...names(250)]);
});

test("a tenant that moves to the next page during a walk is counted once", async () => {
  const { server, client } = fakeServer(names(250));
  server.beforePage = async (page) => {
    if (page === 2) server.ids = ["new", ...server.ids];
  };
  expect((await load(client)).tenants.map(({ id }) => id)).toEqual(names(250));
});

test("a refresh that is stopped or fails changes nothing, and one that ends replaces all", async () => {
  const { server, client } = fakeServer(names(120));
  await load(client);
  const before = loaded(client);
  server.ids = names(119);

  let arrived = () => {};
  const secondPage = new Promise<void>((resolve) => (arrived = resolve));
  server.beforePage = (page) => (page === 2 ? (arrived(), new Promise(() => {})) : Promise.resolve());
  const stopped = load(client);
  await secondPage;
  await queryClient.cancelQueries({ queryKey: walkQuery(client).queryKey });
  expect(await stopped).toBe(before);

  server.beforePage = () => Promise.reject(new Error("no answer"));
  await expect(load(client)).rejects.toThrow("no answer");
  expect(loaded(client)).toBe(before);

  server.beforePage = async () => {};
  expect((await load(client)).tenants).toHaveLength(119);
});

test("a tenant that was written is read again, also in a walk that is in progress", async () => {
  const { server, client } = fakeServer(names(120));
  await load(client);
  const { dataUpdatedAt } = queryClient.getQueryState(walkQuery(client).queryKey) ?? {};
  const balance = () => loaded(client)?.tenants[7]?.balance;
  expect(balance()).toBe(0);

  // The walk has read the first page, with the balance before the write.
  let arrived = () => {};
  let release = () => {};
  const secondPage = new Promise<void>((resolve) => (arrived = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  server.beforePage = (page) => (page === 2 ? (arrived(), released) : Promise.resolve());
  const observer = new QueryObserver(queryClient, walkQuery(client));
  const unsubscribe = observer.subscribe(() => {});
  const refetched = observer.refetch();
  await secondPage;

  server.balances.set("t7", 5);
  await refreshTenant(queryClient, client, "t7");
  expect(balance()).toBe(5);
  expect(queryClient.getQueryState(walkQuery(client).queryKey)?.dataUpdatedAt).toBe(dataUpdatedAt);
  release();
  await refetched;
  expect(balance()).toBe(5);
  unsubscribe();
});
