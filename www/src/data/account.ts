import { queryOptions } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";

/** The partner's own account, with its balance. */
export const accountQuery = (client: PartnerClient) =>
  queryOptions({
    queryKey: ["account"],
    queryFn: ({ signal }) => client.account.me({ signal }),
  });
