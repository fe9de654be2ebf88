import { useWindowEvent } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { PartnerClient, Reconciliation } from "omicall-partner";
import type { UnknownWrite } from "../journal/model";
import { reconcile } from "../journal/writes";
import { useClient } from "../session/client";

/** Checks whether a creation with an unknown outcome has created the tenant. */
export function useCheck(creation: UnknownWrite<"creation">) {
  const client = useClient();
  const check = useMutation({
    mutationFn: async () => {
      const { outcome, evidence } = await reconcile(creation, client, (client) => findTenants(client, creation.email));
      return { outcome, id: outcome === "applied" ? evidence.tenants?.[0]?.id : undefined };
    },
  });
  useWindowEvent("online", () => {
    if (check.isError) check.mutate();
  });
  return check;
}

/** Searches the tenant in the list, like `reconcile()` of the SDK, whose error is no longer available. */
async function findTenants({ tenants }: PartnerClient, email: string): Promise<Reconciliation> {
  const found = [];
  for await (const tenant of tenants.list({ keyword: email })) {
    if (tenant.email?.toLowerCase() === email.toLowerCase()) found.push(tenant);
  }
  const outcome = found.length === 0 ? "notApplied" : found.length === 1 ? "applied" : "appliedMoreThanOnce";
  return { outcome, evidence: { tenants: found } };
}
