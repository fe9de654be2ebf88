import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useTimeout } from "@mantine/hooks";
import type { Tenant } from "omicall-partner";
import { useState } from "react";
import { focusOnMount } from "../display/focusOnMount";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { amountInWords } from "./amount";
import type { Params } from "./TopUpForm";

interface Props {
  params: Params;
  tenant: Tenant;
  sending: boolean;
  onEdit: () => void;
  onConfirm: () => void;
}

/** The last step before a top-up is sent: repeats what the user must check. */
export function Confirmation({ params, tenant, sending, onEdit, onConfirm }: Props) {
  const { language, t } = useLanguage();
  const format = useFormat();
  const money = format.money(params.amount, "VND");
  // The confirm button is enabled with a delay: the second click of a double click on "Continue" must not confirm the
  // top-up.
  const [confirmEnabled, setConfirmEnabled] = useState(false);
  useTimeout(() => setConfirmEnabled(true), 500, { autoInvoke: true });
  return (
    // The focus is not on the button, because a second press of Enter must not confirm the top-up.
    <Stack {...focusOnMount} role="group" aria-label={t.topUp.confirmTitle}>
      <Text fw={600}>{t.topUp.confirmTitle}</Text>
      <Paper withBorder p="md">
        <Text ta="center" fz={28} fw={700} lh={1.3} className="figures">
          {money}
        </Text>
        <Text ta="center" size="sm" mb="md">
          {amountInWords(params.amount, language)}
        </Text>
        <dl className="facts">
          <dt>{t.topUp.recipient}</dt>
          <dd>
            <strong>{tenant.full_name ?? t.tenant.unnamed}</strong>
          </dd>
          <dt>{t.detail.email}</dt>
          <dd>{params.email}</dd>
          <dt>{t.topUp.wallet}</dt>
          <dd>
            <strong>{t.topUp.wallets[params.wallet]}</strong>
          </dd>
          <dt>{t.topUp.description}</dt>
          <dd>{params.description}</dd>
        </dl>
      </Paper>
      {sending ? (
        <Alert role="status" icon={<Icon name="info" />} title={t.topUp.pendingTitle}>
          {t.topUp.pendingHint}
        </Alert>
      ) : (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {t.topUp.confirmHint}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onEdit} disabled={sending}>
          {t.topUp.edit}
        </Button>
        <Button onClick={onConfirm} loading={sending} disabled={!confirmEnabled}>
          {t.topUp.confirm(money)}
        </Button>
      </Group>
    </Stack>
  );
}
