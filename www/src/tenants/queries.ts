import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";

export interface ListParams {
  readonly page: number;
  readonly size: number;
  readonly keyword: string;
}

/** The prefix of all query keys about tenants; invalidated after a write. */
export const tenantsKey = ["tenants"] as const;

export const listQuery = (client: PartnerClient, params: ListParams) =>
  queryOptions({
    queryKey: [...tenantsKey, "list", params],
    queryFn: async ({ signal }) => await client.tenants.list(params, { signal }),
    // The previous page stays visible while the next one is loading.
    placeholderData: keepPreviousData,
  });

export const tenantQuery = (client: PartnerClient, id: string) =>
  queryOptions({
    queryKey: [...tenantsKey, "detail", id],
    queryFn: ({ signal }) => client.tenants.get(id, { signal }),
  });
