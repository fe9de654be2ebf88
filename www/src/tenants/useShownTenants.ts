import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { matches } from "../data/tenantFilters";
import { walkQuery } from "../data/tenants";
import { useClient } from "../session/client";
import type { TenantColumn } from "./columns";
import { sortedQuery } from "./sorted";
import type { ListState } from "./useListState";

/** The tenants that the server found, and those of them that the list shows, in its order. */
export function useShownTenants(
  { filters, view: { keyword = "", sort } }: ListState,
  columns: readonly TenantColumn[],
) {
  const walk = useQuery({
    ...walkQuery(useClient(), keyword),
    // The results of the previous keyword stay visible until there are others.
    placeholderData: keepPreviousData,
  });
  const tenants = walk.data?.tenants;
  const column = columns.find(({ id }) => id === sort?.column);
  const sorted = useQuery({
    ...sortedQuery({
      tenants: tenants ?? [],
      version: [keyword, walk.dataUpdatedAt],
      column,
      descending: sort?.descending ?? false,
    }),
    enabled: column !== undefined,
  });
  const ordered = column ? (sorted.data ?? tenants) : tenants;
  const shown = useMemo(() => {
    const now = Date.now();
    return ordered?.filter((tenant) => matches(tenant, filters, now)) ?? [];
  }, [ordered, filters]);
  return { walk, shown, sortError: sorted.error };
}
