import { Alert, Anchor, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PartnerClient, Reconciliation } from "omicall-partner";
import { useEffect } from "react";
import { Link } from "wouter";
import { useClient } from "../session/client";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import type { Texts } from "../language/texts";
import { useLanguage } from "../language/language";
import { focusOnMount } from "../display/focusOnMount";
import { isUnknown, type TopUpDetails, type UnknownWrite, type Write } from "../journal/model";
import { close, reconcile, useWrites } from "../journal/writes";
import { tenantsKey } from "../data/tenants";
import { tenantPath } from "../tenant/tenantPath";
import { summary, timesApplied } from "./receipt";

/** Shown on the list: the tenants whose last top-up has an unknown outcome. */
export function UnknownTopUpLinks() {
  const { t } = useLanguage();
  const format = useFormat();
  const isTopUp = (write: Write): write is Write<"topUp"> => write.kind === "topUp";
  return (useWrites() ?? [])
    .filter(isTopUp)
    .filter(isUnknown)
    .map((topUp) => (
      <Alert key={topUp.id} color="yellow" icon={<Icon name="info" />} title={t.topUp.unknownTitle}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{summary(topUp, t, format)}</Text>
          <Button size="xs" variant="default" component={Link} href={tenantPath(topUp.tenantId)}>
            {t.create.open}
          </Button>
        </Stack>
      </Alert>
    ));
}

/** A pending top-up, on the page of its tenant, after its form was closed. */
export function PendingTopUp({ topUp }: { topUp: TopUpDetails }) {
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
  /** Opens the form with the values of this top-up; absent outside the tenant's page. */
  onResend?: () => void;
}

/** A top-up with an unknown outcome: lets the user check it, and blocks further top-ups until it is dismissed. */
export function UnknownTopUp({ topUp, onResend }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const queryClient = useQueryClient();
  const check = useMutation({
    mutationFn: () => reconcile(topUp, client, (client) => readBalance(client, topUp.tenantId)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tenantsKey }),
  });
  useWindowEvent("online", () => {
    if (check.isError) check.mutate();
  });
  // The message of a failed check is in the language of its client, so it is removed when the client changes.
  const { isError, reset } = check;
  useEffect(() => {
    if (isError) reset();
  }, [client]);
  const balanceHidden = topUp.wallet === "SPK";
  const result = check.data && describeOutcome(topUp, check.data, t);
  const outcome = check.data?.outcome;
  const { balanceBefore, balanceAfter } = check.data?.evidence ?? {};
  return (
    <Alert
      // In the history, it replaces nothing.
      {...(onResend && focusOnMount)}
      color={result?.color ?? "yellow"}
      icon={<Icon name={result?.icon ?? "info"} />}
      title={result?.title ?? t.topUp.unknownTitle}
    >
      <Stack gap="sm" maw={560}>
        {!result?.settled && <Text size="sm">{t.topUp.unknownHint}</Text>}
        <dl className="facts">
          {!onResend && (
            <>
              <dt>{t.topUp.recipient}</dt>
              <dd>
                <Anchor component={Link} href={tenantPath(topUp.tenantId)} size="sm">
                  {topUp.name}
                </Anchor>
              </dd>
            </>
          )}
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
        {balanceHidden && (
          <Text size="sm" fw={500}>
            {t.topUp.balanceHidden}
          </Text>
        )}
        {result && (
          <Text size="sm" fw={500} role="status">
            {result.message}
          </Text>
        )}
        {check.error && <ErrorAlert error={check.error} />}
        <Group gap="xs">
          {!balanceHidden && outcome !== "applied" && (
            <Button size="sm" loading={check.isPending} onClick={() => check.mutate()}>
              {t.topUp.check}
            </Button>
          )}
          {outcome === "notApplied" && onResend && (
            <Button size="sm" variant="default" onClick={() => void close(topUp).then(onResend)}>
              {t.topUp.resend}
            </Button>
          )}
          {(balanceHidden || outcome) && (
            <Button size="sm" variant="default" onClick={() => close(topUp)}>
              {balanceHidden ? t.topUp.providerAsked : t.topUp.dismiss}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Reads the current balance, for a top-up without a balance that the SDK has recorded before. */
async function readBalance({ tenants }: PartnerClient, id: string): Promise<Reconciliation> {
  const { balance } = await tenants.get(id);
  return { outcome: "inconclusive", evidence: balance == null ? {} : { balanceAfter: balance } };
}

interface OutcomeDescription {
  message: string;
  /** Whether the outcome is now certain. */
  settled?: boolean;
  title?: string;
  color?: "teal" | "red";
  icon?: "check" | "warning";
}

/** Describes the result of a check. */
function describeOutcome(topUp: TopUpDetails, { outcome, evidence }: Reconciliation, t: Texts): OutcomeDescription {
  const { balanceBefore, balanceAfter } = evidence;
  if (balanceBefore === undefined) return { message: compareBalances(topUp, balanceAfter, t) };
  switch (outcome) {
    case "applied":
      return { settled: true, message: t.topUp.outcomes.applied, title: t.topUp.done, color: "teal", icon: "check" };
    case "appliedMoreThanOnce": {
      const title = t.topUp.appliedMoreThanOnceTitle(String(timesApplied(topUp, evidence)));
      return { settled: true, message: t.topUp.appliedMoreThanOnce, title, color: "red", icon: "warning" };
    }
    case "notApplied":
    case "inconclusive":
      return { message: t.topUp.outcomes[outcome] };
  }
}

/** Compares the current balance with the one on the screen. No proof: that one was read some unknown time before. */
function compareBalances({ amount, balanceBefore }: TopUpDetails, balanceNow: number | undefined, t: Texts): string {
  if (balanceBefore == null || balanceNow === undefined) return t.topUp.noBalance;
  const difference = balanceNow - balanceBefore;
  const message = difference === 0 ? t.topUp.unchanged : difference === amount ? t.topUp.grewByAmount : t.topUp.changed;
  return `${t.topUp.unrecorded} ${message}`;
}
