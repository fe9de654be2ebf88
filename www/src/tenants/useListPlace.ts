import { useMemo } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { ListPlace } from "./queries";

export const pageSizes = [10, 20, 50, 100];
const defaultSize = 20;

/** Which part of the list is shown. It lives in the address, so that a reload and the way back lead to the same place. */
export function useListPlace() {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();

  const place = useMemo<ListPlace>(() => {
    const page = Number(params.get("page"));
    const size = Number(params.get("size"));
    return {
      page: Number.isSafeInteger(page) && page > 0 ? page : 1,
      size: pageSizes.includes(size) ? size : defaultSize,
      keyword: params.get("q") ?? "",
    };
  }, [params]);

  const goTo = (change: Partial<ListPlace>, options?: { replace: boolean }) => {
    const { page, size, keyword } = { ...place, page: 1, ...change };
    const next = new URLSearchParams();
    if (page > 1) next.set("page", String(page));
    if (size !== defaultSize) next.set("size", String(size));
    if (keyword) next.set("q", keyword);
    navigate(`/?${next}`, options);
  };
  return [place, goTo] as const;
}
