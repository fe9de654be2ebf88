import { Alert, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PartnerClient, Reconciliation } from "omicall-partner";
import { useEffect } from "react";
import { Link } from "wouter";
import { useClient } from "../client";
import { ErrorAlert } from "../ErrorAlert";
import { useFormat } from "../format";
import { Icon } from "../Icon";
import type { Texts } from "../i18n";
import { useLanguage } from "../language";
import { useFocusOnMount } from "../useFocusOnMount";
import { dismiss, isUnknown, reconcile, type TopUpOrder, type UnknownWrite, useWrites } from "../writes";
import { tenantsKey } from "./queries";
import { summary, timesApplied } from "./TopUp";

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

interface Props {
  topUp: UnknownWrite<"topUp">;
  /** Opens the form with this top-up in it. */
  onAgain: () => void;
}

/** A top-up without an answer: helps to find out what became of it, and keeps another one from being sent meanwhile. */
export function UnknownTopUp({ topUp, onAgain }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const queryClient = useQueryClient();
  const check = useMutation({
    mutationFn: () => reconcile(topUp, client, (client) => look(client, topUp.tenantId)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tenantsKey }),
  });
  // Why a check failed is said in the language of its time.
  const { isError, reset } = check;
  useEffect(() => {
    if (isError) reset();
  }, [client]);
  const focus = useFocusOnMount<HTMLDivElement>();
  const hidden = topUp.wallet === "SPK";
  const found = check.data && findings(topUp, check.data, t);
  const outcome = check.data?.outcome;
  const { balanceBefore, balanceAfter } = check.data?.evidence ?? {};
  const again = () => {
    dismiss(topUp);
    onAgain();
  };
  return (
    <Alert
      {...focus}
      color={found?.color ?? "yellow"}
      icon={<Icon name={found?.icon ?? "info"} />}
      title={found?.title ?? t.topUp.unknownTitle}
    >
      <Stack gap="sm" maw={560}>
        {!found?.settled && <Text size="sm">{t.topUp.unknownHint}</Text>}
        <dl className="facts">
          <dt>{t.topUp.amount}</dt>
          <dd>{format.money(topUp.amount, "VND")}</dd>
          <dt>{t.topUp.wallet}</dt>
          <dd>{t.topUp.wallets[topUp.wallet]}</dd>
          <dt>{t.topUp.sentAt}</dt>
          <dd>{format.dateTime(topUp.sentAt)}</dd>
          {check.data && (
            <>
              <dt>{balanceBefore === undefined ? t.topUp.balanceOnScreen : t.topUp.balanceBefore}</dt>
              <dd className="figures">{format.money(balanceBefore ?? topUp.balanceBefore, "VND")}</dd>
              <dt>{t.topUp.balanceNow}</dt>
              <dd className="figures">
                <strong>{format.money(balanceAfter, "VND")}</strong>
              </dd>
            </>
          )}
        </dl>
        {hidden && (
          <Text size="sm" fw={500}>
            {t.topUp.hiddenWallet}
          </Text>
        )}
        {found && (
          <Text size="sm" fw={500} role="status">
            {found.verdict}
          </Text>
        )}
        {check.error && <ErrorAlert error={check.error} />}
        <Group gap="xs">
          {!hidden && outcome !== "applied" && (
            <Button size="sm" loading={check.isPending} onClick={() => check.mutate()}>
              {t.topUp.check}
            </Button>
          )}
          {outcome === "notApplied" && (
            <Button size="sm" variant="default" onClick={again}>
              {t.topUp.again}
            </Button>
          )}
          {(hidden || outcome) && (
            <Button size="sm" variant="default" onClick={() => dismiss(topUp)}>
              {hidden ? t.topUp.providerAsked : t.topUp.dismiss}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** What can be read of a top-up that only this portal remembers: the balance now, with nothing recorded before. */
async function look({ tenants }: PartnerClient, id: string): Promise<Reconciliation> {
  const { balance } = await tenants.get(id);
  return { outcome: "inconclusive", evidence: balance == null ? {} : { balanceAfter: balance } };
}

interface Findings {
  verdict: string;
  /** Whether it is known now what became of the top-up. */
  settled?: boolean;
  title?: string;
  color?: "teal" | "red";
  icon?: "check" | "warning";
}

/** What a check has brought, in words. */
function findings(topUp: TopUpOrder, { outcome, evidence }: Reconciliation, t: Texts): Findings {
  const { balanceBefore, balanceAfter } = evidence;
  if (balanceBefore === undefined) return { verdict: guess(topUp, balanceAfter, t) };
  switch (outcome) {
    case "applied":
      return { settled: true, verdict: t.topUp.outcomes.applied, title: t.topUp.done, color: "teal", icon: "check" };
    case "appliedMoreThanOnce": {
      const title = t.topUp.repeatedTitle(String(timesApplied(topUp, evidence)));
      return { settled: true, verdict: t.topUp.repeated, title, color: "red", icon: "warning" };
    }
    case "notApplied":
    case "inconclusive":
      return { verdict: t.topUp.outcomes[outcome] };
  }
}

/** What the balance on the screen lets suppose: it was older than the top-up, nobody knows by how much. */
function guess({ amount, balanceBefore }: TopUpOrder, balanceNow: number | undefined, t: Texts): string {
  if (balanceBefore == null || balanceNow === undefined) return t.topUp.noBalance;
  const grownBy = balanceNow - balanceBefore;
  const verdict = grownBy === 0 ? t.topUp.unchanged : grownBy === amount ? t.topUp.grewByAmount : t.topUp.changed;
  return `${t.topUp.unrecorded} ${verdict}`;
}
