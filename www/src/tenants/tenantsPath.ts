import { expiringKinds, type TenantFilters } from "../data/tenantFilters";
import { type ColumnId, columnIds } from "./columns";

export interface Sort {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** What the list shows, apart from its filters. */
export interface ListView {
  readonly keyword?: string;
  /** Without it, the tenants are in the order of the server. */
  readonly sort?: Sort | undefined;
}

/** The path of the list with these filters. */
export function tenantsPath(filters: TenantFilters, { keyword, sort }: ListView = {}): string {
  const search = new URLSearchParams();
  if (keyword) search.set("q", keyword);
  if (sort) search.set("sort", `${sort.descending ? "-" : ""}${sort.column}`);
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) search.set(name, String(value));
  return `/tenants?${search}`;
}

/** Reads what `tenantsPath` wrote. What is not valid is ignored: anyone can edit a URL. */
export function readSearch(search: URLSearchParams): { filters: TenantFilters; view: ListView } {
  const text = (name: string) => search.get(name) ?? undefined;
  const number = (name: string) => {
    const value = Number(search.get(name) || NaN);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const sort = text("sort");
  const column = columnIds.find((id) => id === sort?.replace(/^-/, ""));
  const within = number("within");
  const expires = within && expiringKinds.find((kind) => kind === text("expires"));
  return {
    filters: {
      status: text("status"),
      package: text("package"),
      below: number("below"),
      ...(expires && { expires, within }),
    },
    view: {
      keyword: text("q") ?? "",
      sort: column && { column, descending: sort?.startsWith("-") ?? false },
    },
  };
}
