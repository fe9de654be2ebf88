import { useMemo } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { ListParams } from "../data/tenants";

export const pageSizes = [10, 20, 50, 100];
const defaultSize = 20;

/** The page, page size and keyword of the list. The URL stores them, so that they survive reloads and navigation. */
export function useListParams() {
  const [searchParams] = useSearchParams();
  const [, navigate] = useLocation();

  const params = useMemo<ListParams>(() => {
    const page = Number(searchParams.get("page"));
    const size = Number(searchParams.get("size"));
    return {
      page: Number.isSafeInteger(page) && page > 0 ? page : 1,
      size: pageSizes.includes(size) ? size : defaultSize,
      keyword: searchParams.get("q") ?? "",
    };
  }, [searchParams]);

  /** Changes some of the parameters; without a page, goes to page 1. */
  const setParams = (change: Partial<ListParams>, options?: { replace: boolean }) => {
    const { page, size, keyword } = { ...params, page: 1, ...change };
    const next = new URLSearchParams();
    if (page > 1) next.set("page", String(page));
    if (size !== defaultSize) next.set("size", String(size));
    if (keyword) next.set("q", keyword);
    navigate(`/tenants?${next}`, options);
  };
  return [params, setParams] as const;
}
