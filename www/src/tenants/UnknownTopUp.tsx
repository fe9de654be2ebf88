import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OutcomeUnknownError, Tenant } from "omicall-partner";
import { useClient } from "../client";
import { ErrorAlert } from "../ErrorAlert";
import { useFormat } from "../format";
import { Icon } from "../Icon";
import type { Texts } from "../i18n";
import { useLanguage } from "../language";
import { useFocusOnMount } from "../useFocusOnMount";
import { tenantQuery } from "./queries";

export interface UnknownOutcome {
  readonly error: OutcomeUnknownError;
  readonly amount: number;
  readonly wallet: "NORMAL" | "SPK";
  /** As it was on the screen when the order was sent. */
  readonly balanceBefore: Tenant["balance"];
}

interface Props {
  id: string;
  outcome: UnknownOutcome;
  onDismiss: () => void;
}

/** A top-up without an answer: helps to find out what became of it, and keeps another one from being sent meanwhile. */
export function UnknownTopUp({ id, outcome, onDismiss }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const queryClient = useQueryClient();
  const { error, amount, wallet, balanceBefore } = outcome;
  const check = useMutation({
    // The balance must be the server's, not one from the cache.
    mutationFn: () => queryClient.fetchQuery({ ...tenantQuery(client, id), staleTime: 0 }),
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
            {verdict(outcome, balanceNow, t)}
          </Text>
        )}
        {check.error && <ErrorAlert error={check.error} />}
        <Group gap="xs">
          <Button size="sm" loading={check.isPending} onClick={() => check.mutate()}>
            {t.topUp.check}
          </Button>
          {check.data && (
            <Button size="sm" variant="default" onClick={onDismiss}>
              {t.topUp.dismiss}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function verdict({ wallet, amount, balanceBefore }: UnknownOutcome, balanceNow: Tenant["balance"], t: Texts): string {
  if (wallet === "SPK" || balanceBefore == null || balanceNow == null) return t.topUp.otherWallet;
  if (balanceNow === balanceBefore) return t.topUp.unchanged;
  return balanceNow - balanceBefore === amount ? t.topUp.grewByAmount : t.topUp.changed;
}
