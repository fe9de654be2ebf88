import { Alert, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Tenant } from "omicall-partner";
import { Link } from "wouter";
import { useClient } from "../client";
import { ErrorAlert } from "../ErrorAlert";
import { useFormat } from "../format";
import { Icon } from "../Icon";
import type { Texts } from "../i18n";
import { useLanguage } from "../language";
import { useFocusOnMount } from "../useFocusOnMount";
import { dismiss, isUnknown, type TopUpOrder, type UnknownWrite, useWrites } from "../writes";
import { tenantQuery } from "./queries";
import { summary } from "./TopUp";

/** On the list: the tenants whose last top-up is without an answer. */
export function UnknownTopUpLinks() {
  const { t } = useLanguage();
  const format = useFormat();
  const [, topUps] = useWrites("topUp");
  return topUps.filter(isUnknown).map((topUp) => (
    <Alert key={topUp.email} color="yellow" icon={<Icon name="info" />} title={t.topUp.unknownTitle}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{summary(topUp, t, format)}</Text>
        <Button size="xs" variant="default" component={Link} href={`/tenants/${encodeURIComponent(topUp.tenantId)}`}>
          {t.create.open}
        </Button>
      </Stack>
    </Alert>
  ));
}

/** A top-up that is on its way, on the page of its tenant, after its form has gone. */
export function PendingTopUp({ topUp }: { topUp: TopUpOrder }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Alert role="status" icon={<Loader size={18} />} title={t.topUp.pendingTitle}>
      <Text size="sm">{summary(topUp, t, format)}</Text>
      <Text size="sm">{t.topUp.pendingHint}</Text>
    </Alert>
  );
}

/** A top-up without an answer: helps to find out what became of it, and keeps another one from being sent meanwhile. */
export function UnknownTopUp({ topUp }: { topUp: UnknownWrite<"topUp"> }) {
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const queryClient = useQueryClient();
  const { tenantId, error, amount, wallet, balanceBefore } = topUp;
  const check = useMutation({
    // The balance must be the server's, not one from the cache.
    mutationFn: () => queryClient.fetchQuery({ ...tenantQuery(client, tenantId), staleTime: 0 }),
  });
  const focus = useFocusOnMount<HTMLDivElement>();
  const balanceNow = check.data?.balance;
  return (
    <Alert {...focus} color="yellow" icon={<Icon name="info" />} title={t.topUp.unknownTitle}>
      <Stack gap="sm" maw={560}>
        <Text size="sm">{t.topUp.unknownHint}</Text>
        <dl className="facts">
          <dt>{t.topUp.amount}</dt>
          <dd>{format.money(amount, "VND")}</dd>
          <dt>{t.topUp.wallet}</dt>
          <dd>{t.topUp.wallets[wallet]}</dd>
          <dt>{t.topUp.sentAt}</dt>
          <dd>{format.dateTime(error.startedAt)}</dd>
          <dt>{t.topUp.balanceBefore}</dt>
          <dd className="figures">{format.money(balanceBefore)}</dd>
          {check.data && (
            <>
              <dt>{t.topUp.balanceNow}</dt>
              <dd className="figures">
                <strong>{format.money(balanceNow)}</strong>
              </dd>
            </>
          )}
        </dl>
        {check.data && (
          <Text size="sm" fw={500} role="status">
            {verdict(topUp, balanceNow, t)}
          </Text>
        )}
        {check.error && <ErrorAlert error={check.error} />}
        <Group gap="xs">
          <Button size="sm" loading={check.isPending} onClick={() => check.mutate()}>
            {t.topUp.check}
          </Button>
          {check.data && (
            <Button size="sm" variant="default" onClick={() => dismiss(topUp)}>
              {t.topUp.dismiss}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function verdict({ wallet, amount, balanceBefore }: TopUpOrder, balanceNow: Tenant["balance"], t: Texts): string {
  if (wallet === "SPK" || balanceBefore == null || balanceNow == null) return t.topUp.otherWallet;
  if (balanceNow === balanceBefore) return t.topUp.unchanged;
  return balanceNow - balanceBefore === amount ? t.topUp.grewByAmount : t.topUp.changed;
}
