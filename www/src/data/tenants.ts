import { keepPreviousData, type QueryClient, queryOptions, skipToken } from "@tanstack/react-query";
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
  /** False while the first walk is in progress, and when it was stopped or has failed. */
  readonly complete: boolean;
}

/** How far the walk that is in progress has come. */
export interface WalkProgress {
  readonly loaded: number;
  readonly total: number | undefined;
}

const walkKey = [...tenantsKey, "walk"] as const;
const pageSize = 100;
/** How often the tenants that are loaded so far are shown, at least: each time, all of them are counted and sorted. */
const publishEveryMs = (tenants: number) => Math.max(400, tenants / 50);

/** Up to this number of tenants, walks are repeated automatically; 100,000 tenants are 1,000 requests. */
const maxAutoRefresh = 5_000;
const refreshEveryMs = 5 * 60_000;
const refreshesItself = ({ state: { data } }: { state: { data: TenantWalk | undefined } }): boolean =>
  data?.complete === true && data.tenants.length <= maxAutoRefresh;

/**
 * Walks through all tenants that match the keyword. The data grows while the first walk is in progress. `cancelQueries`
 * stops it and keeps what is loaded; a refetch continues it. A later walk replaces the data when it is complete.
 */
export const walkQuery = (client: PartnerClient, keyword = "") =>
  queryOptions({
    queryKey: [...walkKey, keyword],
    queryFn: async ({ client: queryClient, queryKey, signal }): Promise<TenantWalk> => {
      const shown = () => queryClient.getQueryData<TenantWalk>(queryKey);
      const stopped = shown()?.complete === false ? shown() : undefined;
      const setProgress = (progress: WalkProgress) =>
        queryClient.setQueryData(walkProgressQuery(keyword).queryKey, progress);
      setProgress({ loaded: stopped?.tenants.length ?? 0, total: shown()?.total });

      const known = stopped ? await resumable(client, keyword, stopped, signal) : [];
      // By id: a tenant that is created during the walk moves another one to the next page, which then repeats it.
      const tenants = new Map(known.map((tenant) => [tenant.id, tenant]));
      let total = stopped?.total;
      let publishedAt = performance.now();
      const publish = () => {
        publishedAt = performance.now();
        if (signal.aborted || shown()?.complete || tenants.size <= (shown()?.tenants.length ?? 0)) return;
        queryClient.setQueryData<TenantWalk>(queryKey, { tenants: [...tenants.values()], total, complete: false });
      };
      const publishIfDue = () => performance.now() - publishedAt >= publishEveryMs(tenants.size) && publish();
      const timer = setInterval(publishIfDue, publishEveryMs(0));
      try {
        const page = Math.floor(tenants.size / pageSize) + 1;
        const pages = client.tenants.list({ keyword, page, size: pageSize }, { prefetch: 4, signal }).pages();
        for await (const { items, total_items } of pages) {
          for (const tenant of items) tenants.set(tenant.id, tenant);
          total = total_items ?? undefined;
          setProgress({ loaded: tenants.size, total });
          if (!shown()) publish();
        }
      } catch (error) {
        publish();
        throw error;
      } finally {
        clearInterval(timer);
      }
      return { tenants: [...tenants.values()], total: tenants.size, complete: true };
    },
    staleTime: (query) => {
      if (!query.state.data?.complete) return 0;
      return refreshesItself(query) ? refreshEveryMs : Infinity;
    },
    // A walk that was stopped is continued by the user, or by the next screen that needs it.
    refetchOnWindowFocus: refreshesItself,
    refetchInterval: (query) => refreshesItself(query) && refreshEveryMs,
    gcTime: 30 * 60_000,
    // Comparing 100,000 tenants with the previous ones would cost more than rendering the visible ones.
    structuralSharing: false,
  });

/** What a stopped walk has loaded; nothing if the number of tenants has changed since, because the pages have shifted. */
async function resumable(client: PartnerClient, keyword: string, walk: TenantWalk, signal: AbortSignal) {
  const { total_items } = await client.tenants.list({ keyword, size: 1 }, { signal });
  return total_items === walk.total ? walk.tenants : [];
}

/** Apart from the data of the walk, so that a page that arrives renders only the progress. */
export const walkProgressQuery = (keyword = "") =>
  queryOptions<WalkProgress>({ queryKey: [...tenantsKey, "walk-progress", keyword], queryFn: skipToken });

export const tenantQuery = (client: PartnerClient, id: string) =>
  queryOptions({
    queryKey: [...tenantsKey, "detail", id],
    queryFn: ({ signal }) => client.tenants.get(id, { signal }),
  });

/** All tenants with this e-mail address. The search also finds parts of addresses, and names. */
export async function findTenants({ tenants }: PartnerClient, email: string): Promise<TenantSummary[]> {
  const found = [];
  for await (const tenant of tenants.list({ keyword: email })) {
    if (tenant.email?.toLowerCase() === email.toLowerCase()) found.push(tenant);
  }
  return found;
}

/** Whether a request with this name may have created the tenant; the server may not tell the name. */
export const isNamed = ({ full_name }: TenantSummary, name: string): boolean =>
  full_name == null || full_name.trim().normalize() === name.trim().normalize();

/**
 * Adds a tenant that was created to the walk through all tenants, which is not repeated for one tenant. It is the first
 * one, as on the server. A search is repeated: the server decides whether the tenant matches.
 */
export async function addTenant(queryClient: QueryClient, client: PartnerClient, id: string) {
  const { queryKey } = walkQuery(client);
  const tenant = await queryClient.fetchQuery(tenantQuery(client, id)).catch(() => undefined);
  const walk = queryClient.getQueryData(queryKey);
  const added = tenant && walk?.complete ? withTenant(walk, { ...tenant, id }) : undefined;
  if (added) queryClient.setQueryData(queryKey, added);
  await queryClient.invalidateQueries({
    queryKey: tenantsKey,
    // A walk in progress may have passed the first page before.
    predicate: ({ state }) => state.data !== tenant && (state.data !== added || state.fetchStatus === "fetching"),
  });
}

const withTenant = (walk: TenantWalk, tenant: TenantSummary): TenantWalk => {
  const tenants = [tenant, ...walk.tenants.filter(({ id }) => id !== tenant.id)];
  return { tenants, total: tenants.length, complete: true };
};

/** Reads a tenant again after a write, for its own page and in the walks, which are not repeated for one tenant. */
export async function refreshTenant(queryClient: QueryClient, client: PartnerClient, id: string) {
  const { queryKey } = tenantQuery(client, id);
  await queryClient.invalidateQueries({ queryKey, refetchType: "none" });
  const tenant = { ...(await queryClient.fetchQuery({ ...tenantQuery(client, id), staleTime: 0 })), id };
  for (const [queryKey, walk] of queryClient.getQueriesData<TenantWalk>({ queryKey: walkKey })) {
    if (!walk) continue;
    const tenants = walk.tenants.map((other) => (other.id === id ? { ...other, ...tenant } : other));
    const { dataUpdatedAt = Date.now() } = queryClient.getQueryState(queryKey) ?? {};
    queryClient.setQueryData<TenantWalk>(queryKey, { ...walk, tenants }, { updatedAt: dataUpdatedAt });
  }
  // A walk in progress may have read the tenant before the write.
  void queryClient.invalidateQueries({ queryKey: walkKey, fetchStatus: "fetching" });
  void queryClient.invalidateQueries({ queryKey: [...tenantsKey, "list"] });
}
