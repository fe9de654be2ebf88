import { useMemo } from "react";
import { useLocation } from "wouter";
// Wouter's other hook decodes the search once more than it was encoded.
import { useSearch } from "wouter/use-browser-location";
import type { TenantFilters } from "../data/tenantFilters";
import { forgetOffset } from "./scrollOffsets";
import { type ListView, readSearch, tenantsPath } from "./tenantsPath";

/** The keyword, order and filters of the list. The URL stores them, so that they survive reloads and navigation. */
export function useListState() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const { filters, view } = useMemo(() => readSearch(new URLSearchParams(search)), [search]);

  const show = (filters: TenantFilters, view: ListView, options?: { replace: boolean }) => {
    const path = tenantsPath(filters, view);
    forgetOffset(path);
    navigate(path, options);
  };
  return {
    filters,
    view,
    path: tenantsPath(filters, view),
    /** Typing replaces the entry of the browser's history; a choice adds one. */
    search: (keyword: string) => show(filters, { ...view, keyword }, { replace: true }),
    sortBy: (sort: ListView["sort"]) => show(filters, { ...view, sort }),
    filter: (change: TenantFilters, options?: { replace: boolean }) => show({ ...filters, ...change }, view, options),
    clearFilters: () => show({}, view),
  };
}

export type ListState = ReturnType<typeof useListState>;
