import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { PartnerClient, TenantSummary } from "omicall-partner";

/** The prefix of all query keys about tenants. */
export const tenantsKey = ["tenants"] as const;

export interface ListParams {
  readonly page: number;
  readonly size: number;
  readonly keyword: string;
}

/** One page of the list. */
export const listQuery = (client: PartnerClient, params: ListParams) =>
  queryOptions({
    queryKey: [...tenantsKey, "list", params],
    queryFn: async ({ signal }) => await client.tenants.list(params, { signal }),
    // The previous page stays visible while the next one is loading.
    placeholderData: keepPreviousData,
  });

/** All tenants that the server has found, as far as they are loaded. */
export interface TenantWalk {
  readonly tenants: readonly TenantSummary[];
  /** How many there are, as the server says. */
  readonly total: number | undefined;
  /** False while the first walk is in progress, and when it was stopped. */
  readonly complete: boolean;
}

const walkKey = [...tenantsKey, "walk"] as const;
const pageSize = 100;
/** How often the tenants that are loaded so far are shown: each time, the whole list is rendered. */
const publishEveryMs = 400;

/**
 * Walks through all tenants that match the keyword. The data grows while the walk is in progress; `cancelQueries` stops
 * the walk and keeps what is loaded. A later walk replaces the data of a complete one when it is complete too.
 */
export const walkQuery = (client: PartnerClient, keyword = "") =>
  queryOptions({
    queryKey: [...walkKey, keyword],
    queryFn: async ({ client: queryClient, queryKey, signal }): Promise<TenantWalk> => {
      const isFirst = !queryClient.getQueryData<TenantWalk>(queryKey)?.complete;
      const tenants: TenantSummary[] = [];
      let publishedAt = -Infinity;
      const pages = client.tenants.list({ keyword, size: pageSize }, { prefetch: 4, signal }).pages();
      for await (const { items, total_items } of pages) {
        tenants.push(...items);
        if (!isFirst || performance.now() - publishedAt < publishEveryMs) continue;
        publishedAt = performance.now();
        const walk: TenantWalk = { tenants: [...tenants], total: total_items ?? undefined, complete: false };
        queryClient.setQueryData<TenantWalk>(queryKey, walk);
      }
      return { tenants, total: tenants.length, complete: true };
    },
    staleTime: 5 * 60_000,
    // Comparing 100,000 tenants with the previous ones would cost more than rendering the visible ones.
    structuralSharing: false,
  });

export const tenantQuery = (client: PartnerClient, id: string) =>
  queryOptions({
    queryKey: [...tenantsKey, "detail", id],
    queryFn: ({ signal }) => client.tenants.get(id, { signal }),
  });

/** Reads a tenant again after a write, for its own page and in the walks, which are not repeated for one tenant. */
export async function refreshTenant(queryClient: QueryClient, client: PartnerClient, id: string) {
  const { queryKey } = tenantQuery(client, id);
  await queryClient.invalidateQueries({ queryKey, refetchType: "none" });
  const tenant = { ...(await queryClient.fetchQuery({ ...tenantQuery(client, id), staleTime: 0 })), id };
  queryClient.setQueriesData<TenantWalk>({ queryKey: walkKey }, (walk) => {
    if (!walk) return walk;
    return { ...walk, tenants: walk.tenants.map((other) => (other.id === id ? { ...other, ...tenant } : other)) };
  });
  void queryClient.invalidateQueries({ queryKey: [...tenantsKey, "list"] });
}
