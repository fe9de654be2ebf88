import { NumberInput, Select } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import type { TenantSummary } from "omicall-partner";
import { useEffect, useMemo, useState } from "react";
import { expiringKinds, packageOf, statusOf, type TenantFilters } from "../data/tenantFilters";
import { statusLabel } from "../display/status";
import { useLanguage } from "../language/language";
import type { ListState } from "./useListState";

interface Props {
  /** All tenants: they have the statuses and packages to choose from. */
  tenants: readonly TenantSummary[];
  filters: TenantFilters;
  onChange: ListState["filter"];
}

/** Side by side, or one below the other in the drawer. */
const field = { flex: { lg: "1 1 10rem" } };

export function Filters({ tenants, filters, onChange }: Props) {
  const { t } = useLanguage();
  const options = useOptions(tenants, filters);

  return (
    <>
      <Select
        {...field}
        clearable
        aria-label={t.tenant.status}
        placeholder={t.tenant.status}
        data={options.statuses}
        value={filters.status ?? null}
        onChange={(status) => onChange({ status: status ?? undefined })}
      />
      <Select
        {...field}
        clearable
        aria-label={t.tenant.package}
        placeholder={t.tenant.package}
        data={options.packages}
        value={filters.package ?? null}
        onChange={(code) => onChange({ package: code ?? undefined })}
      />
      <Select
        {...field}
        clearable
        aria-label={t.list.expires}
        placeholder={t.list.expires}
        data={options.expiring}
        value={filters.expires ? `${filters.expires} ${filters.within}` : null}
        onChange={(value) => {
          const [name, within] = value?.split(" ") ?? [];
          const expires = expiringKinds.find((kind) => kind === name);
          onChange({ expires, within: expires && Number(within) });
        }}
      />
      <BalanceBelow amount={filters.below} onChange={(below, options) => onChange({ below }, options)} />
    </>
  );
}

/** The choices of each filter: what the tenants have, and what the URL says. */
function useOptions(tenants: readonly TenantSummary[], filters: TenantFilters) {
  const { t } = useLanguage();
  const { status, package: code, expires, within } = filters;
  return useMemo(() => {
    const statuses = new Set(status === undefined ? [] : [status]);
    const packages = new Map(code === undefined ? [] : [[code, code]]);
    for (const tenant of tenants) {
      statuses.add(statusOf(tenant));
      const code = packageOf(tenant);
      packages.set(code, tenant.service_package?.service_name || code);
    }
    const periods = new Set([30, 90, ...(within ? [within] : [])]);
    return {
      statuses: [...statuses].map((value) => ({ value, label: statusLabel(value, t) })),
      packages: [...packages].map(([value, name]) => ({ value, label: name || t.list.noPackage })),
      expiring: expiringKinds.map((kind) => ({
        group: t.list.expiring[kind],
        items: [...periods]
          .filter((days) => days <= 90 || kind === expires)
          .map((days) => ({ value: `${kind} ${days}`, label: t.list.expiresWithin[kind](days) })),
      })),
    };
  }, [tenants, status, code, expires, within, t]);
}

interface BalanceProps {
  amount: number | undefined;
  onChange: (amount: number | undefined, options: { replace: boolean }) => void;
}

function BalanceBelow({ amount, onChange }: BalanceProps) {
  const { language, t } = useLanguage();
  const [value, setValue] = useState<number | string>(amount ?? "");
  const change = useDebouncedCallback((value: number | string) => {
    onChange(Number(value) || undefined, { replace: true });
  }, 300);
  useEffect(() => setValue(amount ?? ""), [amount]);
  return (
    <NumberInput
      {...field}
      aria-label={t.list.below}
      placeholder={t.list.below}
      hideControls
      allowNegative={false}
      decimalScale={0}
      maxLength={16}
      thousandSeparator={language === "vi" ? "." : ","}
      decimalSeparator={language === "vi" ? "," : "."}
      prefix={t.list.belowPrefix}
      suffix=" ₫"
      value={value}
      onChange={(value) => {
        setValue(value);
        change(value);
      }}
    />
  );
}
