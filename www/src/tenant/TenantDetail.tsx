import { Anchor, Button, Group, Stack } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { tenantQuery } from "../data/tenants";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { TenantSkeleton } from "./TenantSkeleton";
import { TenantView } from "./TenantView";

export function TenantDetail({ id }: { id: string }) {
  const { t } = useLanguage();
  const client = useClient();
  const { data: tenant, error, isFetching, refetch } = useQuery(tenantQuery(client, id));
  // The page starts at its top, even if the list was scrolled.
  useEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  useDocumentTitle(`${tenant?.full_name ?? t.list.title} – ${t.appName}`);
  return (
    <Stack>
      <Group justify="space-between">
        <Anchor component={Link} href="/tenants" size="sm">
          <Group gap={6} component="span">
            <Icon name="back" size={16} />
            {t.backToList}
          </Group>
        </Anchor>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="refresh" size={14} />}
          loading={isFetching}
          onClick={() => refetch()}
        >
          {t.refresh}
        </Button>
      </Group>
      {error && <ErrorAlert error={error} onRetry={refetch} />}
      {tenant ? <TenantView id={id} tenant={tenant} /> : !error && <TenantSkeleton />}
    </Stack>
  );
}
