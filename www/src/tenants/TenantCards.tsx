import { Group, Paper, Text } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import type { TenantSummary } from "omicall-partner";
import { memo, useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { type Format, useFormat } from "../display/format";
import { StatusBadge } from "../display/StatusBadge";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";
import { offsetOf, rememberOffset } from "./scrollOffsets";

export const cardHeight = 112;
export const cardGap = 12;

/** The list on narrow screens, which scrolls with the page. It has the cards that are visible, of as many as there are. */
export function TenantCards({ path, tenants }: { path: string; tenants: readonly TenantSummary[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const virtualizer = useWindowVirtualizer({
    count: tenants.length,
    estimateSize: () => cardHeight,
    gap: cardGap,
    overscan: 5,
    scrollMargin: top,
    initialOffset: () => offsetOf(path),
  });
  // What is above the list, such as notices, can come and go.
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0));
  useLayoutEffect(() => {
    window.scrollTo({ top: offsetOf(path) });
    const remember = () => rememberOffset(path, window.scrollY);
    window.addEventListener("scroll", remember);
    return () => window.removeEventListener("scroll", remember);
  }, [path]);
  return (
    <ul
      ref={list}
      style={{ position: "relative", height: virtualizer.getTotalSize(), margin: 0, padding: 0, listStyle: "none" }}
      aria-label={t.list.title}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const tenant = tenants[index];
        return (
          tenant && (
            <li
              key={tenant.id}
              style={{ position: "absolute", inset: "0 0 auto", transform: `translateY(${start - top}px)` }}
              aria-posinset={index + 1}
              aria-setsize={tenants.length}
            >
              <Card tenant={tenant} format={format} />
            </li>
          )
        );
      })}
    </ul>
  );
}

const Card = memo(function Card({ tenant, format }: { tenant: TenantSummary; format: Format }) {
  const { t } = useLanguage();
  return (
    <Paper
      component={Link}
      href={tenantPath(tenant.id)}
      display="block"
      h={cardHeight}
      withBorder
      p="sm"
      className="card-link"
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={600} size="sm" truncate>
          {tenant.full_name || t.tenant.unnamed}
        </Text>
        <StatusBadge tenant={tenant} />
      </Group>
      <Text size="sm" c="dimmed" truncate>
        {tenant.email ?? t.none}
      </Text>
      <Group justify="space-between" wrap="nowrap" mt={6} gap="xs">
        <Text size="sm" fw={600} className="figures">
          {format.money(tenant.balance, tenant.currency)}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {tenant.service_package?.service_name ?? t.none}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" ta="end" truncate>
        {t.list.columns.packageExpiry}: {format.expiry(tenant.service_package?.expiry_date)}
      </Text>
    </Paper>
  );
});
