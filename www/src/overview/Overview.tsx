import { Button, Grid, Paper, Stack, Text } from "@mantine/core";
import { useDocumentTitle, useInterval, useLocalStorage } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { accountQuery } from "../data/account";
import { walkQuery } from "../data/tenants";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { useDialogs } from "../layout/dialogs";
import { UnknownPaymentLinks } from "../payment/UnknownPaymentLinks";
import { useClient } from "../session/client";
import { Expiring } from "./Expiring";
import { LowBalances } from "./LowBalances";
import { OwnBalance } from "./OwnBalance";
import { ByPackage, ByStatus } from "./Shares";
import { summarize } from "./summary";
import { WalkStatus } from "./WalkStatus";

/** The first screen: what needs attention, and how the tenants are distributed. */
export function Overview() {
  const { t } = useLanguage();
  const client = useClient();
  const queryClient = useQueryClient();
  const walk = useQuery(walkQuery(client));
  const [threshold, setThreshold] = useThreshold();
  const countedThreshold = useDeferredValue(threshold);
  const now = useNow();
  const tenants = walk.data?.tenants;
  const summary = useMemo(() => tenants && summarize(tenants, countedThreshold, now), [tenants, countedThreshold, now]);
  useDocumentTitle(`${t.overview.title} – ${t.appName}`);

  const load = () => {
    void walk.refetch();
    void queryClient.invalidateQueries({ queryKey: accountQuery(client).queryKey });
  };
  const stop = () => void queryClient.cancelQueries({ queryKey: walkQuery(client).queryKey, exact: true });
  const isEmpty = walk.data?.complete && walk.data.tenants.length === 0;
  // Nothing to show, and nothing to wait for: loading was stopped, or has failed, at once.
  const hasNumbers = !isEmpty && (summary !== undefined || walk.isFetching);
  return (
    <Stack gap="md">
      <UnknownPaymentLinks />
      <WalkStatus walk={walk} onLoad={load} onStop={stop} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, xs: 6, lg: 3 }}>
          <OwnBalance />
        </Grid.Col>
        {hasNumbers && (
          <>
            <Grid.Col span={{ base: 12, xs: 6, lg: 3 }}>
              <LowBalances summary={summary} threshold={threshold} onThreshold={setThreshold} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 6 }}>
              <Expiring summary={summary} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <ByStatus summary={summary} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <ByPackage summary={summary} />
            </Grid.Col>
          </>
        )}
      </Grid>
      {isEmpty && <NoTenants />}
    </Stack>
  );
}

/** The amount under which a balance is low, in VND. */
function useThreshold() {
  return useLocalStorage<number>({
    key: "omicall-portal-low-balance",
    defaultValue: 100_000,
    getInitialValueInEffect: false,
    sync: false,
    serialize: String,
    deserialize: (stored) => (/^\d{1,13}$/.test(stored ?? "") ? Number(stored) : 100_000),
  });
}

/** The current time, to the minute: what expires within 30 days changes while the screen stays open. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 60_000, { autoInvoke: true });
  return now;
}

function NoTenants() {
  const { t } = useLanguage();
  const { open } = useDialogs();
  return (
    <Paper withBorder py={56} px="md">
      <Stack align="center" gap="xs" ta="center">
        <Text fw={600}>{t.overview.empty}</Text>
        <Text c="dimmed" size="sm">
          {t.overview.emptyHint}
        </Text>
        <Button mt="xs" leftSection={<Icon name="plus" />} onClick={() => open("createTenant")}>
          {t.overview.create}
        </Button>
      </Stack>
    </Paper>
  );
}
