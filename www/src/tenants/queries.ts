import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";

export interface ListPlace {
  readonly page: number;
  readonly size: number;
  readonly keyword: string;
}

/** What everything about tenants begins with: invalidate this after a write. */
export const tenantsKey = ["tenants"] as const;

export const listQuery = (client: PartnerClient, place: ListPlace) =>
  queryOptions({
    queryKey: [...tenantsKey, "list", place],
    queryFn: async ({ signal }) => await client.tenants.list(place, { signal }),
    // While the next page is on its way, the last one stays on the screen.
    placeholderData: keepPreviousData,
  });

export const tenantQuery = (client: PartnerClient, id: string) =>
  queryOptions({
    queryKey: [...tenantsKey, "detail", id],
    queryFn: ({ signal }) => client.tenants.get(id, { signal }),
  });
