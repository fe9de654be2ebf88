import { Anchor, Paper, Skeleton, Table, Text } from "@mantine/core";
import type { TenantSummary } from "omicall-partner";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { StatusBadge } from "../display/StatusBadge";
import { tenantPath } from "../tenant/tenantPath";

function Frame({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={860}>
        <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover aria-label={t.list.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.tenant.name}</Table.Th>
              <Table.Th miw={240}>{t.tenant.ownerEmail}</Table.Th>
              <Table.Th>{t.tenant.status}</Table.Th>
              <Table.Th>{t.tenant.package}</Table.Th>
              <Table.Th ta="right">{t.tenant.balance}</Table.Th>
              <Table.Th ta="right">{t.tenant.expires}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

export function TenantTable({ tenants }: { tenants: readonly TenantSummary[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Frame>
      {tenants.map((tenant) => (
        <Table.Tr key={tenant.id}>
          <Table.Td>
            <Anchor component={Link} href={tenantPath(tenant.id)} fw={600} size="sm">
              {tenant.full_name || t.tenant.unnamed}
            </Anchor>
          </Table.Td>
          <Table.Td>
            <Text size="sm" className="breakable">
              {tenant.email ?? t.none}
            </Text>
          </Table.Td>
          <Table.Td>
            <StatusBadge tenant={tenant} />
          </Table.Td>
          <Table.Td className="figures">{tenant.service_package?.service_name ?? t.none}</Table.Td>
          <Table.Td ta="right" className="figures">
            {format.money(tenant.balance, tenant.currency)}
          </Table.Td>
          <Table.Td ta="right" className="figures">
            {format.expiry(tenant.expire_date)}
          </Table.Td>
        </Table.Tr>
      ))}
    </Frame>
  );
}

export function TenantTableSkeleton() {
  return (
    <Frame>
      {Array.from({ length: 8 }, (_, row) => (
        <Table.Tr key={row}>
          {["80%", "85%", "60%", "60%", "70%", "70%"].map((width, column) => (
            <Table.Td key={column}>
              <Skeleton h={16} my={4} w={width} ml={column > 3 ? "auto" : 0} />
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </Frame>
  );
}
