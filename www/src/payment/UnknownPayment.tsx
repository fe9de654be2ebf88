import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PartnerClient, Reconciliation } from "omicall-partner";
import { useEffect } from "react";
import { Link } from "wouter";
import { accountQuery } from "../data/account";
import { tenantsKey } from "../data/tenants";
import { type Fact, Facts } from "../display/Facts";
import { focusOnMount } from "../display/focusOnMount";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { isCertain, type PaymentKind, type UnknownWrite } from "../journal/model";
import { close, reconcile } from "../journal/writes";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { tenantPath } from "../tenant/tenantPath";
import { textsOf } from "./describe";

/** What the result of a check means. */
export interface OutcomeDescription {
  message: string;
  /** Whether the outcome is now certain. */
  settled?: boolean;
  title?: string;
  color?: "teal" | "red";
  icon?: "check" | "warning";
}

interface Props {
  payment: UnknownWrite<PaymentKind>;
  /** What an unknown outcome means for this payment, and what to do. */
  hint: string;
  facts: (checked: Reconciliation | undefined) => readonly Fact[];
  /** Why the API cannot tell the outcome; then only the provider can. */
  uncheckable?: string | undefined;
  describe: (checked: Reconciliation) => OutcomeDescription;
  /** Reads what the server shows now, for a payment whose error is gone after a reload. */
  readNow: (client: PartnerClient) => Promise<Reconciliation>;
  resendLabel: string;
  /** Opens the form with the values of this payment; absent outside the tenant's page. */
  onResend?: (() => void) | undefined;
}

/** A payment with an unknown outcome: lets the user check it, and blocks further payments until it is closed. */
export function UnknownPayment(props: Props) {
  const { payment, hint, facts, uncheckable, describe, readNow, resendLabel, onResend } = props;
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const queryClient = useQueryClient();
  const check = useMutation({
    mutationFn: () => reconcile(payment, client, readNow),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: tenantsKey });
      void queryClient.invalidateQueries({ queryKey: accountQuery(client).queryKey });
    },
  });
  useWindowEvent("online", () => {
    if (check.isError) check.mutate();
  });
  // The message of a failed check is in the language of its client, so it is removed when the client changes.
  const { isError, reset } = check;
  useEffect(() => {
    if (isError) reset();
  }, [client]);
  // Only a certain result of an earlier check is shown again: what the server showed then may have changed.
  const checked = payment.checked && isCertain(payment.checked) ? payment.checked : check.data;
  const result = checked && describe(checked);
  const outcome = checked?.outcome;
  const tenant = (
    <Anchor component={Link} href={tenantPath(payment.tenantId)} size="sm">
      {payment.name}
    </Anchor>
  );
  return (
    <Alert
      // In the history, it replaces nothing.
      {...(onResend && focusOnMount)}
      color={result?.color ?? "yellow"}
      icon={<Icon name={result?.icon ?? "info"} />}
      title={result?.title ?? textsOf(payment.kind, t).unknownTitle}
    >
      <Stack gap="sm" maw={560}>
        {!result?.settled && <Text size="sm">{hint}</Text>}
        <Facts
          items={[
            ...(onResend ? [] : [[t.payment.recipient, tenant] as const]),
            [t.payment.sentAt, format.dateTime(payment.sentAt)],
            ...facts(checked),
          ]}
        />
        {uncheckable && (
          <Text size="sm" fw={500}>
            {uncheckable}
          </Text>
        )}
        {result && (
          <Text size="sm" fw={500} role="status">
            {result.message}
          </Text>
        )}
        {check.error && <ErrorAlert error={check.error} />}
        <Group gap="xs">
          {!uncheckable && !result?.settled && (
            <Button size="sm" loading={check.isPending} onClick={() => check.mutate()}>
              {t.payment.check}
            </Button>
          )}
          {outcome === "notApplied" && onResend && (
            <Button size="sm" variant="default" onClick={() => void close(payment).then(onResend)}>
              {resendLabel}
            </Button>
          )}
          {(uncheckable || outcome) && (
            <Button size="sm" variant="default" onClick={() => close(payment)}>
              {uncheckable ? t.payment.providerAsked : t.payment.close}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
