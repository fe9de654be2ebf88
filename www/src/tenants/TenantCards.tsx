import { Group, Paper, Skeleton, Stack, Text } from "@mantine/core";
import type { TenantSummary } from "omicall-partner";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { StatusBadge } from "../display/StatusBadge";
import { tenantPath } from "../tenant/tenantPath";

/** The list on narrow screens. */
export function TenantCards({ tenants }: { tenants: readonly TenantSummary[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={t.list.title}>
      {tenants.map((tenant) => (
        <li key={tenant.id}>
          <Paper component={Link} href={tenantPath(tenant.id)} display="block" withBorder p="sm" className="card-link">
            <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
              <Text fw={600} size="sm">
                {tenant.full_name || t.tenant.unnamed}
              </Text>
              <StatusBadge tenant={tenant} />
            </Group>
            <Text size="sm" c="dimmed" className="breakable">
              {tenant.email ?? t.none}
            </Text>
            <Group justify="space-between" mt="xs" gap="xs">
              <Text size="sm" fw={600} className="figures">
                {format.money(tenant.balance, tenant.currency)}
              </Text>
              <Text size="xs" c="dimmed">
                {tenant.service_package?.service_name ?? t.none} · {t.tenant.expires}:{" "}
                {format.expiry(tenant.expire_date)}
              </Text>
            </Group>
          </Paper>
        </li>
      ))}
    </Stack>
  );
}

export function TenantCardsSkeleton() {
  return (
    <Stack gap="sm">
      {Array.from({ length: 6 }, (_, card) => (
        <Paper key={card} withBorder p="sm">
          <Skeleton h={14} my={4} w="75%" />
          <Skeleton h={14} my={8} w="55%" />
          <Skeleton h={14} my={4} w="90%" />
        </Paper>
      ))}
    </Stack>
  );
}
