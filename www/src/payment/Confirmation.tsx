import { Alert, Button, Group, Paper, Space, Stack, Text } from "@mantine/core";
import { useTimeout } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { type Fact, Facts } from "../display/Facts";
import { Icon } from "../display/Icon";
import { showOnMount } from "../display/showOnMount";
import { useLanguage } from "../language/language";

interface Props {
  title: string;
  /** What is paid, in large letters. */
  amount: string;
  /** More about the amount. */
  amountNote?: string | undefined;
  /** What the user must check. */
  facts: readonly Fact[];
  confirmLabel: string;
  sending: boolean;
  onEdit: () => void;
  /** Gets the time when the confirmation was opened. */
  onConfirm: (openedAt: number) => void;
  /** Shown below the facts. */
  children?: ReactNode;
}

/** The last step before a payment is sent. */
export function Confirmation({
  title,
  amount,
  amountNote,
  facts,
  confirmLabel,
  sending,
  onEdit,
  onConfirm,
  children,
}: Props) {
  const { t } = useLanguage();
  const [openedAt] = useState(Date.now);
  // The confirm button is enabled with a delay: the second click of a double click on "Continue" must not confirm the
  // payment.
  const [confirmEnabled, setConfirmEnabled] = useState(false);
  useTimeout(() => setConfirmEnabled(true), 500, { autoInvoke: true });
  return (
    // The focus is not on the button, because a second press of Enter must not confirm the payment.
    <Stack {...showOnMount} role="group" aria-label={title}>
      <Text fw={600}>{title}</Text>
      <Paper withBorder p="md">
        <Text ta="center" fz={28} fw={700} lh={1.3}>
          {amount}
        </Text>
        {amountNote && (
          <Text ta="center" size="sm" c="dimmed">
            {amountNote}
          </Text>
        )}
        <Space h="sm" />
        <Facts items={facts} />
      </Paper>
      {children}
      {sending ? (
        <Alert role="status" icon={<Icon name="info" />}>
          {t.payment.pendingHint}
        </Alert>
      ) : (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {t.payment.confirmHint}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onEdit} disabled={sending}>
          {t.payment.edit}
        </Button>
        <Button onClick={() => onConfirm(openedAt)} loading={sending} disabled={!confirmEnabled}>
          {confirmLabel}
        </Button>
      </Group>
    </Stack>
  );
}
