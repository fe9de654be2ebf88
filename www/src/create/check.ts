import { useWindowEvent } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { PartnerClient, Reconciliation } from "omicall-partner";
import { findTenants } from "../data/tenants";
import type { UnknownWrite } from "../journal/model";
import { reconcile } from "../journal/writes";
import { useClient } from "../session/client";

/** Checks whether a creation with an unknown outcome has created the tenant. */
export function useCheck(creation: UnknownWrite<"creation">) {
  const client = useClient();
  const check = useMutation({
    mutationFn: async () => {
      const { outcome, evidence } = await reconcile(creation, client, (client) => search(client, creation.email));
      return { outcome, id: outcome === "applied" ? evidence.tenants?.[0]?.id : undefined };
    },
  });
  useWindowEvent("online", () => {
    if (check.isError) check.mutate();
  });
  return check;
}

/** Searches the tenant in the list, like `reconcile()` of the SDK, whose error is no longer available. */
async function search(client: PartnerClient, email: string): Promise<Reconciliation> {
  const found = await findTenants(client, email);
  const outcome = found.length === 0 ? "notApplied" : found.length === 1 ? "applied" : "appliedMoreThanOnce";
  return { outcome, evidence: { tenants: found } };
}
