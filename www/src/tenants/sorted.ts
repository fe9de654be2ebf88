import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TenantSummary } from "omicall-partner";
import type { TenantColumn } from "./columns";

/** What a row is sorted by. */
export type Key = string | number | null | undefined;

export interface SortRequest {
  readonly keys: readonly Key[];
  readonly descending: boolean;
}

interface Params {
  readonly tenants: readonly TenantSummary[];
  /** Identifies the tenants: sorted rows are kept, for the way back to the list. */
  readonly version: readonly (string | number)[];
  /** Without it, the tenants stay in the order of the server. */
  readonly column: TenantColumn | undefined;
  readonly descending: boolean;
}

export const sortedQuery = ({ tenants, version, column, descending }: Params) =>
  queryOptions({
    queryKey: ["sorted", version, column?.id, column?.label, descending],
    queryFn: async ({ signal }): Promise<readonly TenantSummary[]> => {
      if (!column) return tenants;
      const order = await sortInWorker({ keys: tenants.map(column.value), descending }, signal);
      return Array.from(order, (index) => tenants[index]).filter((tenant) => tenant !== undefined);
    },
    // The previous rows stay visible while the next ones are sorted.
    placeholderData: keepPreviousData,
    staleTime: "static",
    gcTime: 60_000,
    structuralSharing: false,
  });

/** Returns the positions of the keys, in their order. */
function sortInWorker(request: SortRequest, signal: AbortSignal): Promise<Uint32Array> {
  const worker = new Worker(new URL("./sort.worker.ts", import.meta.url), { type: "module" });
  return new Promise<Uint32Array>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Uint32Array>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    signal.onabort = () => reject(signal.reason);
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
