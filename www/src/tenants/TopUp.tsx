import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  Paper,
  Radio,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTimeout } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import {
  OutcomeUnknownError,
  PartnerError,
  type PartnerClient,
  type Tenant,
  type TopUpOptions,
  type TopUpParams,
  type TopUpReceipt,
  ValidationError,
} from "omicall-partner";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useClient } from "../client";
import { ErrorAlert } from "../ErrorAlert";
import { fieldErrors, sentence, showFieldErrors } from "../errors";
import { type Format, useFormat } from "../format";
import { Icon } from "../Icon";
import type { Texts } from "../i18n";
import { useLanguage } from "../language";
import { tell } from "../tell";
import { useFocusOnMount } from "../useFocusOnMount";
import { useIsShown } from "../useIsShown";
import { isUnsettled, send, type TopUpOrder, useWrites } from "../writes";
import { tenantsKey } from "./queries";

const wallets = ["NORMAL", "SPK"] as const;
type Order = TopUpParams & { wallet: (typeof wallets)[number] };

/** What the server wants; only for the count below the field, the SDK is what checks. */
const leastDescription = 50;

const endpoint = "POST /api/partner/tenant/update_balance";

const fields = ["email", "amount", "wallet", "description"];
const fieldOfCode = {
  "amount_gte_10.000_vnd": "amount",
  description_is_required: "description",
  "description_is_to_short.gte_50_characters": "description",
};

interface Props {
  opened: boolean;
  onClose: () => void;
  id: string;
  tenant: Tenant;
  /** What the form begins with. */
  draft: TopUpOrder | undefined;
  /** Whether a top-up of this tenant is on its way. */
  sending: boolean;
}

export function TopUp({ opened, onClose, ...order }: Props) {
  const { t } = useLanguage();
  const { sending } = order;
  return (
    <Modal
      opened={opened}
      // Nobody should lose sight of money that is on its way.
      onClose={() => !sending && onClose()}
      // What was typed is too dear for a slip: the second half of a double click on a button that is not there any more.
      closeOnClickOutside={false}
      title={t.topUp.title}
      closeButtonProps={{ "aria-label": t.close, disabled: sending }}
    >
      <Steps {...order} onClose={onClose} />
    </Modal>
  );
}

function Steps({ id, tenant, draft, sending, onClose }: Omit<Props, "opened">) {
  const { t } = useLanguage();
  const client = useClient();
  const [server] = useWrites("topUp");
  const isShown = useIsShown();
  const queryClient = useQueryClient();
  const [order, setOrder] = useState<Order>();
  // The form is still there while it fades away, and must not send a second order.
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const { amount = "", wallet = "NORMAL", description = "" } = draft ?? {};
  const form = useForm<{ email: string; amount: string | number; wallet: Order["wallet"]; description: string }>({
    initialValues: { email: tenant.email ?? "", amount, wallet, description },
  });

  const backToForm = (error?: Error) => {
    // The fields have to be there before one of them can get the focus.
    flushSync(() => setOrder(undefined));
    const messages = error && fieldErrors(error, fields, fieldOfCode);
    showFieldErrors(form, messages);
    setProblem(messages ? undefined : error);
  };

  const toConfirmation = form.onSubmit(async ({ email, amount, wallet, description }) => {
    // What was left empty stays undefined: then the SDK says that it is required.
    const typed = amount === "" ? undefined : Number(amount);
    const order = { email, amount: typed, wallet, description } as Order;
    const invalid = await check(client, order);
    if (invalid) return backToForm(invalid);
    setProblem(undefined);
    setOrder(order);
  });

  const topUp = async (params: Order) => {
    const { email, amount, wallet, description } = params;
    const name = tenant.full_name ?? email;
    const order: TopUpOrder = {
      kind: "topUp",
      server,
      email,
      name,
      tenantId: id,
      amount,
      wallet,
      description,
      balanceBefore: tenant.balance,
    };
    // A second click may come before the first has disabled the button.
    if (isUnsettled(order)) return;
    const closeLabel = t.close;
    const message = (t: Texts, format: Format) => summary(order, t, format);
    try {
      // Without a signal: to cancel it would leave the outcome unknown.
      const receipt = await send(order, client, ({ tenants }) => tenants.topUp(params, optionsFor(params)));
      setDone(true);
      tellReceipt(order, receipt, closeLabel);
      onClose();
    } catch (thrown) {
      const error = thrown as Error;
      if (error instanceof OutcomeUnknownError) {
        if (!isShown()) tell("unknown", { title: (t) => t.topUp.unknownTitle, message, closeLabel });
        return onClose();
      }
      if (isShown()) backToForm(error);
      else {
        const why = (t: Texts, format: Format) =>
          [message(t, format), whatFailed(error, t).lead, sentence(error)].filter(Boolean).join("\n");
        tell("failed", { title: (t) => whatFailed(error, t).title, message: why, closeLabel });
      }
    }
    void queryClient.invalidateQueries({ queryKey: tenantsKey });
  };

  if (order) {
    return (
      <Confirmation
        order={order}
        tenant={tenant}
        sending={sending || done}
        onEdit={() => setOrder(undefined)}
        onConfirm={() => topUp(order)}
      />
    );
  }
  return (
    <form onSubmit={toConfirmation} noValidate>
      <Stack>
        {/* Where it is seen without scrolling: the form is long. */}
        {problem && <ErrorAlert error={problem} {...whatFailed(problem, t)} />}
        <TextInput
          label={t.tenant.ownerEmail}
          type="email"
          // It is the tenant's, and not to be changed here; what is wrong with it is said here all the same.
          readOnly
          variant="filled"
          {...form.getInputProps("email")}
        />
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

/** How much goes where, in a sentence. */
export function summary({ amount, wallet, name }: TopUpOrder, t: Texts, format: Format): string {
  return t.topUp.into(format.money(amount, "VND"), t.topUp.wallets[wallet], name);
}

/** How it is sent: the balance before and after is evidence, where the API shows that balance. */
const optionsFor = ({ wallet }: Order): TopUpOptions => ({ recordBalance: wallet !== "SPK" });

/** Tells that a top-up was confirmed, and what the balance did. */
function tellReceipt(order: TopUpOrder, { evidence }: TopUpReceipt, closeLabel: string) {
  const say = (outcome: Parameters<typeof tell>[0], title: (t: Texts) => string, more?: (t: Texts) => string) => {
    const message = (t: Texts, format: Format) => {
      const money = (balance: number) => format.money(balance, "VND");
      const balances = evidence && t.topUp.balances(money(evidence.balanceBefore), money(evidence.balanceAfter));
      return [summary(order, t, format), balances, more?.(t)].filter(Boolean).join("\n");
    };
    tell(outcome, { title, message, closeLabel });
  };
  switch (evidence?.outcome) {
    case "applied":
      return say("done", (t) => t.topUp.done);
    case "appliedMoreThanOnce": {
      const times = String(timesApplied(order, evidence));
      return say(
        "failed",
        (t) => t.topUp.repeatedTitle(times),
        (t) => t.topUp.repeated,
      );
    }
    case "notApplied":
    case "inconclusive":
      if (evidence.balanceAfter === evidence.balanceBefore) {
        return say(
          "doubtful",
          (t) => t.topUp.notRisenTitle,
          (t) => t.topUp.notRisen,
        );
      }
      return say(
        "doubtful",
        (t) => t.topUp.otherChangeTitle,
        (t) => t.topUp.otherChange,
      );
    case undefined:
      // Of the other wallet nobody expects a balance.
      return say(
        "done",
        (t) => t.topUp.done,
        (t) => (order.wallet === "SPK" ? "" : t.topUp.balanceUnread),
      );
  }
}

/** How often the balance rose by the amount. */
export function timesApplied(
  { amount }: TopUpOrder,
  { balanceBefore = 0, balanceAfter = 0 }: { balanceBefore?: number; balanceAfter?: number },
): number {
  return (balanceAfter - balanceBefore) / amount;
}

/** A failure of a top-up in a few words; whatever was not refused by the server was never sent. */
function whatFailed(error: Error, t: Texts): { title: string; lead?: string } {
  const { title, lead } = { title: t.topUp.notSentTitle, lead: t.topUp.notSent };
  if (!(error instanceof PartnerError)) return { title: t.topUp.failed };
  if (error.endpoint !== undefined && error.endpoint !== endpoint) return { title, lead: t.topUp.notSentUnread };
  return error.attempts === 0 ? { title, lead } : { title: t.topUp.failed };
}

/** What the SDK finds wrong with an order. It checks before it looks at the signal, and with this one it sends nothing. */
async function check(client: PartnerClient, order: Order): Promise<ValidationError | undefined> {
  try {
    await client.tenants.topUp(order, { ...optionsFor(order), signal: AbortSignal.abort() });
  } catch (error) {
    if (error instanceof ValidationError) return error;
  }
}
