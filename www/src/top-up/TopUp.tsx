import { Alert, Button, Group, Modal, Paper, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useTimeout } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import {
  OutcomeUnknownError,
  PartnerError,
  type Tenant,
  type TopUpOptions,
  type TopUpParams,
  type TopUpReceipt,
} from "omicall-partner";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Boundary } from "../layout/Boundary";
import { useClient } from "../session/client";
import { ErrorAlert } from "../errors/ErrorAlert";
import { errorMessage, fieldErrors, showFieldErrors } from "../errors/errors";
import { type Format, useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import type { Texts } from "../language/texts";
import { useLanguage } from "../language/language";
import { OfflineError } from "../errors/OfflineError";
import { Offline } from "../layout/Offline";
import { type NotificationVariant, notify } from "../display/notify";
import { focusOnMount } from "../display/focusOnMount";
import { useIsMounted } from "../display/useIsMounted";
import { UnsettledError } from "../journal/errors";
import type { TopUpDetails } from "../journal/model";
import { send, useServer } from "../journal/writes";
import { tenantsKey } from "../data/tenants";

const wallets = ["NORMAL", "SPK"] as const;
type Params = TopUpParams & { wallet: (typeof wallets)[number] };

interface Values extends Omit<Params, "amount"> {
  /** As it was written. */
  amount: string;
}

/** What is sent. An amount that is empty or no number stays as it is, so that the SDK reports it. */
const paramsOf = ({ amount, ...others }: Values, t: Texts) =>
  ({ ...others, amount: parseAmount(amount, t) ?? amount }) as Params;

/** The server's minimum; only for the counter below the field, since the SDK validates the description. */
const minDescriptionLength = 50;

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
  /** The initial values of the form. */
  draft: TopUpDetails | undefined;
  /** Whether a top-up of this tenant is pending. */
  sending: boolean;
}

export function TopUp({ opened, onClose, ...stepProps }: Props) {
  const { t } = useLanguage();
  const { sending } = stepProps;
  return (
    <Modal
      opened={opened}
      // The dialog stays open while the top-up is pending.
      onClose={() => !sending && onClose()}
      // A stray click must not discard the input, such as the second click of a double click on a button that has
      // disappeared.
      closeOnClickOutside={false}
      title={t.topUp.title}
      closeButtonProps={{ "aria-label": t.close, disabled: sending }}
    >
      <Offline hint={t.offline.inForm} />
      <Boundary>
        <Steps {...stepProps} onClose={onClose} />
      </Boundary>
    </Modal>
  );
}

function Steps({ id, tenant, draft, sending, onClose }: Omit<Props, "opened">) {
  const { t } = useLanguage();
  const client = useClient();
  const server = useServer();
  const isMounted = useIsMounted();
  const queryClient = useQueryClient();
  const [confirming, setConfirming] = useState<Params>();
  // The dialog is still mounted during its closing animation, and must not send a second top-up.
  const [done, setDone] = useState(false);
  const [formError, setFormError] = useState<Error>();
  const format = useFormat();
  const { amount, wallet = "NORMAL", description = "" } = draft ?? {};
  const form = useForm<Values>({
    initialValues: {
      email: tenant.email ?? "",
      amount: amount === undefined ? "" : format.number(amount),
      wallet,
      description,
    },
    validate: (values) => schemaResolver(client.schemas.topUp, { sync: true })(paramsOf(values, t)),
  });

  const backToForm = (error?: Error) => {
    // The fields must be mounted before one of them can receive the focus.
    flushSync(() => setConfirming(undefined));
    const messages = error && fieldErrors(error, fields, fieldOfCode);
    showFieldErrors(form, fields, messages);
    setFormError(messages ? undefined : error);
  };

  const toConfirmation = form.onSubmit(
    (values) => {
      setFormError(undefined);
      setConfirming(paramsOf(values, t));
    },
    (errors) => {
      setFormError(undefined);
      showFieldErrors(form, fields, errors);
    },
  );

  const topUp = async (params: Params) => {
    const { email, amount, wallet, description } = params;
    const name = tenant.full_name ?? email;
    const details: TopUpDetails = {
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
    const closeLabel = t.close;
    const message = (t: Texts, format: Format) => summary(details, t, format);
    try {
      // No signal is passed, because aborting a top-up leaves its outcome unknown.
      const receipt = await send(details, client, ({ tenants }) => tenants.topUp(params, optionsFor(params)));
      setDone(true);
      notifyReceipt(details, receipt, closeLabel);
      onClose();
    } catch (thrown) {
      const error = thrown as Error;
      // A second click may arrive before the first has disabled the button.
      if (error instanceof UnsettledError) return;
      if (error instanceof OutcomeUnknownError) {
        if (!isMounted()) notify("unknown", { title: (t) => t.topUp.unknownTitle, message, closeLabel });
        return onClose();
      }
      if (isMounted()) backToForm(error);
      else {
        const reason = (t: Texts, format: Format) =>
          [message(t, format), describeFailure(error, t).explanation, errorMessage(error, t)]
            .filter(Boolean)
            .join("\n");
        notify("error", { title: (t) => describeFailure(error, t).title, message: reason, closeLabel });
      }
    }
    void queryClient.invalidateQueries({ queryKey: tenantsKey });
  };

  if (confirming) {
    return (
      <Confirmation
        params={confirming}
        tenant={tenant}
        sending={sending || done}
        onEdit={() => setConfirming(undefined)}
        onConfirm={() => topUp(confirming)}
      />
    );
  }
  return (
    <form onSubmit={toConfirmation} noValidate>
      <Stack>
        {/* At the top, so that it is visible without scrolling: the form is long. */}
        {formError && <ErrorAlert error={formError} {...describeFailure(formError, t)} />}
        <TextInput
          label={t.tenant.ownerEmail}
          type="email"
          // The tenant's address, which cannot be changed here; errors about it are still shown at this field.
          readOnly
          variant="filled"
          {...form.getInputProps("email")}
        />
        <TextInput
          label={t.topUp.amount}
          description={<AmountRead amount={parseAmount(form.values.amount, t)} />}
          inputWrapperOrder={["label", "input", "error", "description"]}
          inputMode="decimal"
          rightSection="₫"
          rightSectionPointerEvents="none"
          autoComplete="off"
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

/** The amount as the portal has read it: its separators show how many zeros it has. */
function AmountRead({ amount }: { amount: number | undefined }) {
  const format = useFormat();
  return amount !== undefined && Number.isInteger(amount) && format.money(amount, "VND");
}

function DescriptionCount({ text }: { text: string }) {
  const { t } = useLanguage();
  // Counted as on the server: UTF-16 units of the composed (NFC) text, which the SDK sends.
  const { length } = text.normalize("NFC");
  return (
    <Text span size="xs" c={length >= minDescriptionLength ? "teal" : "dimmed"}>
      {t.topUp.count(length, minDescriptionLength)}
    </Text>
  );
}

interface ConfirmationProps {
  params: Params;
  tenant: Tenant;
  sending: boolean;
  onEdit: () => void;
  onConfirm: () => void;
}

function Confirmation({ params, tenant, sending, onEdit, onConfirm }: ConfirmationProps) {
  const { t } = useLanguage();
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
        <Text ta="center" fz={28} fw={700} className="figures" mb="sm">
          {money}
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
      <Alert color="yellow" icon={<Icon name="warning" />}>
        {t.topUp.confirmHint}
      </Alert>
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

/**
 * Reads an amount as it was typed or pasted; `undefined` if it is not one. The text is not corrected: without the separator
 * of `500000.00`, the amount would be 100 times as large. So a thousands separator must be followed by three digits, and the
 * rest of the text must be a number too. Cents and a minus sign are read, so that the SDK refuses them.
 */
function parseAmount(text: string, { topUp: { thousands, decimals } }: Texts): number | undefined {
  const number = new RegExp(
    `^(-?(?:\\d+|\\d{1,3}(?:[${thousands}]\\d{3})+))(?:[${decimals}](\\d+))?\\s*(?:₫|đ|vnd)?$`,
    "i",
  );
  const [, integer, fraction = "0"] = number.exec(text.trim()) ?? [];
  // Three digits or more are the other language's thousands, or what a number cannot hold.
  if (integer === undefined || fraction.length > 2) return undefined;
  return Number(`${integer.replaceAll(thousands, "")}.${fraction}`);
}

/** One sentence with the amount, the wallet and the tenant. */
export function summary({ amount, wallet, name }: TopUpDetails, t: Texts, format: Format): string {
  return t.topUp.summary(format.money(amount, "VND"), t.topUp.wallets[wallet], name);
}

/** Records the balance before and after as evidence, if the API shows the balance of this wallet. */
const optionsFor = ({ wallet }: Params): TopUpOptions => ({ recordBalance: wallet !== "SPK" });

/** Shows that a top-up was confirmed, and how the balance has changed. */
function notifyReceipt(details: TopUpDetails, { evidence }: TopUpReceipt, closeLabel: string) {
  const show = (variant: NotificationVariant, title: (t: Texts) => string, hint?: (t: Texts) => string) => {
    const message = (t: Texts, format: Format) => {
      const money = (balance: number) => format.money(balance, "VND");
      const balances = evidence && t.topUp.balances(money(evidence.balanceBefore), money(evidence.balanceAfter));
      return [summary(details, t, format), balances, hint?.(t)].filter(Boolean).join("\n");
    };
    notify(variant, { title, message, closeLabel });
  };
  switch (evidence?.outcome) {
    case "applied":
      return show("success", (t) => t.topUp.done);
    case "appliedMoreThanOnce": {
      const times = String(timesApplied(details, evidence));
      return show(
        "error",
        (t) => t.topUp.appliedMoreThanOnceTitle(times),
        (t) => t.topUp.appliedMoreThanOnce,
      );
    }
    case "notApplied":
    case "inconclusive":
      if (evidence.balanceAfter === evidence.balanceBefore) {
        return show(
          "warning",
          (t) => t.topUp.notIncreasedTitle,
          (t) => t.topUp.notIncreased,
        );
      }
      return show(
        "warning",
        (t) => t.topUp.otherChangeTitle,
        (t) => t.topUp.otherChange,
      );
    case undefined:
      // The API does not show the balance of the service wallet, so no hint is needed there.
      return show(
        "success",
        (t) => t.topUp.done,
        (t) => (details.wallet === "SPK" ? "" : t.topUp.balanceUnread),
      );
  }
}

/** How many times the amount was added to the balance. */
export function timesApplied(
  { amount }: TopUpDetails,
  { balanceBefore = 0, balanceAfter = 0 }: { balanceBefore?: number; balanceAfter?: number },
): number {
  return (balanceAfter - balanceBefore) / amount;
}

/** The title and explanation of a failed top-up. Without a rejection by the server, the top-up was not sent. */
function describeFailure(error: Error, t: Texts): { title: string; explanation?: string } {
  const { title, explanation } = { title: t.topUp.notSentTitle, explanation: t.topUp.notSent };
  if (error instanceof OfflineError) return { title };
  if (!(error instanceof PartnerError)) return { title: t.topUp.failed };
  if (error.endpoint !== undefined && error.endpoint !== endpoint) return { title, explanation: t.topUp.notSentUnread };
  return error.attempts === 0 ? { title, explanation } : { title: t.topUp.failed };
}
