import { queryOptions } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";

/** The service packages on sale, with their prices. */
export const packagesQuery = (client: PartnerClient) =>
  queryOptions({
    queryKey: ["packages"],
    queryFn: ({ signal }) => client.packages.list({ signal }),
    staleTime: 5 * 60_000,
  });
