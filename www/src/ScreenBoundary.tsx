import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorBoundary, type FallbackProps } from "react-error-boundary";
import { Link, useLocation, useSearch } from "wouter";
import { Icon } from "./Icon";
import { useLanguage } from "./language";
import { tenantsKey } from "./tenants/queries";

/** Shows a message in place of a screen that fails to render. The header stays, and another screen resets it. */
export function ScreenBoundary({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  const search = useSearch();
  const queryClient = useQueryClient();
  return (
    <ErrorBoundary
      FallbackComponent={ScreenFailed}
      resetKeys={[location, search]}
      // The data may be what failed to render, so it is fetched again.
      onReset={() => queryClient.removeQueries({ queryKey: tenantsKey })}
    >
      {children}
    </ErrorBoundary>
  );
}

/** The error itself is not shown: its text may contain data of the tenant. */
function ScreenFailed({ resetErrorBoundary }: FallbackProps) {
  const { t } = useLanguage();
  return (
    <Alert color="red" icon={<Icon name="warning" />} title={t.screenFailed}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t.screenFailedHint}</Text>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="refresh" size={14} />}
            onClick={resetErrorBoundary}
          >
            {t.retry}
          </Button>
          <Button size="xs" variant="default" component={Link} href="/" onClick={resetErrorBoundary}>
            {t.backToList}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
