import { queryOptions } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";

export const numbersKey = ["numbers"] as const;

/** All phone numbers on sale. */
export const numbersQuery = (client: PartnerClient) =>
  queryOptions({
    queryKey: numbersKey,
    queryFn: async ({ signal }) => {
      const numbers = [];
      for await (const number of client.numbers.list({ size: 100 }, { prefetch: 2, signal })) numbers.push(number);
      return numbers;
    },
    staleTime: 60_000,
  });
