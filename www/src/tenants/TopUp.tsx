import { Alert, Button, Group, Modal, NumberInput, Paper, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTimeout } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import {
  OutcomeUnknownError,
  type PartnerClient,
  type Tenant,
  type TopUpParams,
  ValidationError,
} from "omicall-partner";
import { useState } from "react";
import { useClient } from "../client";
import { ErrorAlert } from "../ErrorAlert";
import { fieldErrors, showFieldErrors } from "../errors";
import { useFormat } from "../format";
import { Icon } from "../Icon";
import { useLanguage } from "../language";
import { useFocusOnMount } from "../useFocusOnMount";
import { tenantsKey } from "./queries";
import type { UnknownOutcome } from "./UnknownTopUp";

const wallets = ["NORMAL", "SPK"] as const;
type Order = TopUpParams & { wallet: (typeof wallets)[number] };

/** What the server wants; only for the count below the field, the SDK is what checks. */
const leastDescription = 50;

const fields = ["amount", "wallet", "description"];
const fieldOfCode = {
  "amount_gte_10.000_vnd": "amount",
  description_is_required: "description",
  "description_is_to_short.gte_50_characters": "description",
};

interface Props {
  opened: boolean;
  onClose: () => void;
  tenant: Tenant;
  onUnknown: (outcome: UnknownOutcome) => void;
}

export function TopUp({ opened, onClose, tenant, onUnknown }: Props) {
  const { t } = useLanguage();
  const [sending, setSending] = useState(false);
  return (
    <Modal
      opened={opened}
      // Nobody should lose sight of money that is on its way.
      onClose={() => !sending && onClose()}
      title={t.topUp.title}
      closeButtonProps={{ "aria-label": t.close, disabled: sending }}
    >
      <Steps tenant={tenant} onClose={onClose} onUnknown={onUnknown} sending={sending} onSending={setSending} />
    </Modal>
  );
}

interface StepsProps extends Omit<Props, "opened"> {
  sending: boolean;
  onSending: (sending: boolean) => void;
}

function Steps({ tenant, onClose, onUnknown, sending, onSending }: StepsProps) {
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const queryClient = useQueryClient();
  const [order, setOrder] = useState<Order>();
  const [problem, setProblem] = useState<Error>();
  const form = useForm<{ amount: string | number; wallet: Order["wallet"]; description: string }>({
    initialValues: { amount: "", wallet: "NORMAL", description: "" },
  });

  const backToForm = (error?: Error) => {
    setOrder(undefined);
    const messages = error && fieldErrors(error, fields, fieldOfCode);
    showFieldErrors(form, messages);
    setProblem(messages ? undefined : error);
  };

  const toConfirmation = form.onSubmit(async ({ amount, wallet, description }) => {
    const order: Order = { email: tenant.email ?? "", amount: toNumber(amount), wallet, description };
    const invalid = await check(client, order);
    if (invalid) return backToForm(invalid);
    setProblem(undefined);
    setOrder(order);
  });

  const send = async (order: Order) => {
    // React has disabled the button before it hears of a second click.
    onSending(true);
    const balanceBefore = tenant.balance;
    try {
      // Without a signal: to cancel it would leave the outcome unknown.
      await client.tenants.topUp(order);
      const money = format.money(order.amount, "VND");
      notifications.show({
        color: "teal",
        icon: <Icon name="check" />,
        title: t.topUp.done,
        message: t.topUp.doneHint(money, t.topUp.wallets[order.wallet], tenant.full_name ?? order.email),
      });
      onClose();
    } catch (error) {
      if (error instanceof OutcomeUnknownError) {
        onUnknown({ error, amount: order.amount, wallet: order.wallet, balanceBefore });
        onClose();
        return;
      }
      backToForm(error as Error);
    } finally {
      onSending(false);
    }
    void queryClient.invalidateQueries({ queryKey: tenantsKey });
  };

  if (order) {
    return (
      <Confirmation
        order={order}
        tenant={tenant}
        sending={sending}
        onEdit={() => setOrder(undefined)}
        onConfirm={() => send(order)}
      />
    );
  }
  return (
    <form onSubmit={toConfirmation} noValidate>
      <Stack>
        <NumberInput
          label={t.topUp.amount}
          suffix=" ₫"
          thousandSeparator={t.topUp.thousands}
          decimalSeparator={t.topUp.decimals}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          inputMode="numeric"
          required
          autoFocus
          data-autofocus
          {...form.getInputProps("amount")}
        />
        <Radio.Group label={t.topUp.wallet} required {...form.getInputProps("wallet")}>
          <Stack gap="xs" mt={6}>
            {wallets.map((wallet) => (
              <Radio
                key={wallet}
                value={wallet}
                label={t.topUp.wallets[wallet]}
                description={t.topUp.walletHints[wallet]}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t.topUp.description}
          description={<DescriptionCount text={form.values.description} />}
          inputWrapperOrder={["label", "input", "error", "description"]}
          autosize
          minRows={3}
          required
          {...form.getInputProps("description")}
        />
        {problem && <ErrorAlert error={problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit">{t.topUp.toConfirm}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function DescriptionCount({ text }: { text: string }) {
  const { t } = useLanguage();
  // As the server counts: composed characters, in UTF-16 units.
  const typed = text.normalize("NFC").length;
  return (
    <Text span size="xs" c={typed >= leastDescription ? "teal" : "dimmed"}>
      {t.topUp.count(typed, leastDescription)}
    </Text>
  );
}

interface ConfirmationProps {
  order: Order;
  tenant: Tenant;
  sending: boolean;
  onEdit: () => void;
  onConfirm: () => void;
}

function Confirmation({ order, tenant, sending, onEdit, onConfirm }: ConfirmationProps) {
  const { t } = useLanguage();
  const format = useFormat();
  const money = format.money(order.amount, "VND");
  // Not the button: a second press of Enter must not send money.
  const focus = useFocusOnMount<HTMLDivElement>();
  // Nor must the second half of a double click on "Continue", which may be where this button now is.
  const [armed, setArmed] = useState(false);
  useTimeout(() => setArmed(true), 500, { autoInvoke: true });
  return (
    <Stack {...focus} role="group" aria-label={t.topUp.confirmTitle}>
      <Text fw={600}>{t.topUp.confirmTitle}</Text>
      <Paper withBorder p="md">
        <Text ta="center" fz={28} fw={700} className="figures" mb="sm">
          {money}
        </Text>
        <dl className="facts">
          <dt>{t.topUp.recipient}</dt>
          <dd>
            <strong>{tenant.full_name ?? t.tenant.unnamed}</strong>
          </dd>
          <dt>{t.detail.email}</dt>
          <dd>{order.email}</dd>
          <dt>{t.topUp.wallet}</dt>
          <dd>
            <strong>{t.topUp.wallets[order.wallet]}</strong>
          </dd>
          <dt>{t.topUp.description}</dt>
          <dd>{order.description}</dd>
        </dl>
      </Paper>
      <Alert color="yellow" icon={<Icon name="warning" />}>
        {t.topUp.confirmHint}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onEdit} disabled={sending}>
          {t.topUp.edit}
        </Button>
        <Button onClick={onConfirm} loading={sending} disabled={!armed}>
          {t.topUp.confirm(money)}
        </Button>
      </Group>
    </Stack>
  );
}

/** Not a number when nothing was typed: then the SDK says what is wrong with it. */
function toNumber(typed: string | number): number {
  return typed === "" ? Number.NaN : Number(typed);
}

/** What the SDK finds wrong with an order. It checks before it looks at the signal, and with this one it sends nothing. */
async function check(client: PartnerClient, order: Order): Promise<ValidationError | undefined> {
  try {
    await client.tenants.topUp(order, { signal: AbortSignal.abort() });
  } catch (error) {
    if (error instanceof ValidationError) return error;
  }
}
