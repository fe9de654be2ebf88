import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "../data/account";
import { useClient } from "../session/client";

/** The partner's own balance, which pays for purchases, and its currency. */
export function usePartnerBalance() {
  const { data, error, refetch } = useQuery(accountQuery(useClient()));
  return { balance: data?.balance, currency: data?.currency || "VND", error, refetch };
}
