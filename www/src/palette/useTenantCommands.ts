import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { TenantSummary } from "omicall-partner";
import { useLocation } from "wouter";
import { listQuery } from "../data/tenants";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { tenantPath } from "../tenant/tenantPath";
import { topUpPath } from "../top-up/useTopUpLink";
import type { Command } from "./useCommands";

/** How many tenants are shown; more letters find the others. */
const size = 5;

/** Finds tenants on the server as the user types; a request for an outdated query is aborted. */
export function useTenantCommands(query: string) {
  const { t } = useLanguage();
  const client = useClient();
  const [, navigate] = useLocation();
  const [keyword] = useDebouncedValue(query, 250);
  const enabled = query !== "" && keyword !== "";
  const { data, error, isFetching } = useQuery({ ...listQuery(client, { page: 1, size, keyword }), enabled });

  const tenants = enabled ? (data?.items ?? []) : [];
  const command = (prefix: string, { id, full_name, email }: TenantSummary, path: string): Command => ({
    id: `${prefix} ${id}`,
    label: full_name || t.tenant.unnamed,
    hint: email ?? "",
    icon: prefix === "topUp" ? "wallet" : "tenant",
    run: () => navigate(path),
  });
  return {
    open: tenants.map((tenant) => command("open", tenant, `${tenantPath(tenant.id)}?`)),
    topUp: tenants.map((tenant) => command("topUp", tenant, topUpPath(tenant.id))),
    isSearching: query !== "" && (isFetching || query !== keyword),
    error: enabled ? error : null,
  };
}
