import type { Tenant, TenantSummary } from "omicall-partner";
import { useMemo } from "react";
import { statusOf } from "../data/tenantFilters";
import { type Format, isNever, isTime } from "../display/format";
import { lookUp } from "../display/lookUp";
import { statusLabel } from "../display/status";
import { useLanguage } from "../language/language";
import type { Texts } from "../language/texts";
import type { Column } from "../spreadsheet/ExportMenu";
import type { Key } from "./sorted";

/** The names in the URL, too. */
export const columnIds = [
  "name",
  "email",
  "status",
  "package",
  "balance",
  "packageExpiry",
  "expiry",
  "domain",
  "domainExpiry",
  "phone",
  "paidType",
  "numbers",
  "numberExpiry",
  "activated",
] as const;

export type ColumnId = (typeof columnIds)[number];

/** Shown until the user chooses others. */
export const defaultColumns: readonly ColumnId[] = ["name", "email", "status", "package", "balance", "packageExpiry"];

export interface TenantColumn {
  readonly id: ColumnId;
  readonly label: string;
  readonly kind: "text" | "count" | "money" | "date" | "expiry";
  /** In px; the columns share the room that is left in proportion. */
  readonly width: number;
  /** What the column is sorted by, and what a cell shows according to its kind. */
  readonly value: (tenant: TenantSummary) => Key;
}

/** Servers write 0 or a negative number for a missing date, which must not be sorted as the earliest one. */
const date = (epochMs: number | null | undefined) => (isTime(epochMs) || isNever(epochMs) ? epochMs : undefined);

/** When the first number of a tenant expires. */
function numberExpiry({ public_numbers }: Tenant): number | undefined {
  const dates = (public_numbers ?? []).flatMap(({ expire_date }) => (isTime(expire_date) ? [expire_date] : []));
  return dates.length > 0 ? Math.min(...dates) : undefined;
}

type Definition = Omit<TenantColumn, "id" | "label">;

const definitions = (t: Texts): Record<ColumnId, Definition> => ({
  name: { kind: "text", width: 290, value: ({ full_name }) => full_name },
  email: { kind: "text", width: 240, value: ({ email }) => email },
  status: { kind: "text", width: 165, value: (tenant) => statusLabel(statusOf(tenant), t) },
  package: { kind: "text", width: 130, value: ({ service_package }) => service_package?.service_name },
  balance: { kind: "money", width: 140, value: ({ balance }) => balance },
  packageExpiry: { kind: "expiry", width: 190, value: ({ service_package }) => date(service_package?.expiry_date) },
  expiry: { kind: "expiry", width: 190, value: ({ expire_date }) => date(expire_date) },
  domain: { kind: "text", width: 240, value: ({ domain }) => domain },
  domainExpiry: { kind: "expiry", width: 190, value: ({ domain_expire }) => date(domain_expire) },
  phone: { kind: "text", width: 130, value: ({ phone }) => phone },
  paidType: {
    kind: "text",
    width: 130,
    value: ({ paid_type }) => paid_type && (lookUp(t.detail.paidTypes, paid_type) ?? paid_type),
  },
  numbers: { kind: "count", width: 110, value: ({ public_numbers }) => public_numbers?.length ?? 0 },
  numberExpiry: { kind: "expiry", width: 190, value: numberExpiry },
  activated: { kind: "date", width: 140, value: ({ effective_date }) => date(effective_date) },
});

/** All columns, with labels in the selected language. */
export function useTenantColumns(): readonly TenantColumn[] {
  const { t } = useLanguage();
  return useMemo(() => {
    const defined = definitions(t);
    return columnIds.map((id) => ({ id, label: t.list.columns[id], ...defined[id] }));
  }, [t]);
}

/** The text of a cell. */
export function cellText({ kind, value }: TenantColumn, tenant: TenantSummary, format: Format, t: Texts): string {
  const content = value(tenant);
  if (typeof content !== "number") return content || t.none;
  switch (kind) {
    case "money":
      return format.money(content, tenant.currency);
    case "date":
      return format.date(content);
    case "expiry":
      return format.expiry(content);
    default:
      return format.number(content);
  }
}

/** A column of the exported file. */
export const exported = ({ label, kind, value }: TenantColumn, t: Texts): Column<TenantSummary> => ({
  header: label,
  value: (tenant) => {
    const content = value(tenant);
    if (typeof content !== "number" || kind === "money" || kind === "count") return content;
    if (isNever(content)) return t.never;
    return isTime(content) ? new Date(content) : undefined;
  },
});
