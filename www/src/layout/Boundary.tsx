import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Link, useLocation, useSearch } from "wouter";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { tenantsKey } from "../data/tenants";
import { resetFailedScripts } from "./screens";

interface Props {
  children: ReactNode;
  /** Whether the message has a link to the list. */
  toList?: boolean;
  onReset?: () => void;
}

/** Shows a message in place of a part of the page that fails to render. The rest stays, and another screen resets it. */
export function Boundary({ children, toList = false, onReset = () => {} }: Props) {
  const [location] = useLocation();
  const search = useSearch();
  return (
    <ErrorBoundary
      fallbackRender={({ resetErrorBoundary }) => <Failed toList={toList} onRetry={resetErrorBoundary} />}
      resetKeys={[location, search]}
      onReset={onReset}
    >
      {children}
    </ErrorBoundary>
  );
}

/** The boundary of a screen. Its data or its script may be what failed, so they are loaded again. */
export function ScreenBoundary({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const reset = () => {
    resetFailedScripts();
    queryClient.removeQueries({ queryKey: tenantsKey });
  };
  return (
    <Boundary toList onReset={reset}>
      {children}
    </Boundary>
  );
}

/** The error itself is not shown: its text may contain data of the tenant. */
function Failed({ toList, onRetry }: { toList: boolean; onRetry: () => void }) {
  const { t } = useLanguage();
  return (
    <Alert color="red" icon={<Icon name="warning" />} title={t.screenFailed}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t.screenFailedHint}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" leftSection={<Icon name="refresh" size={14} />} onClick={onRetry}>
            {t.retry}
          </Button>
          {toList && (
            <Button size="xs" variant="default" component={Link} href="/tenants" onClick={onRetry}>
              {t.backToList}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
