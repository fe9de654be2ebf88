import type { TenantFilters } from "../data/tenantFilters";

/** The path of the list with these filters. */
export function tenantsPath(filters: TenantFilters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) search.set(name, String(value));
  return `/tenants?${search}`;
}
