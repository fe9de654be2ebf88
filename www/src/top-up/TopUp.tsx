import { schemaResolver, useForm } from "@mantine/form";
import type { Tenant, TopUpOptions } from "omicall-partner";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useFormat } from "../display/format";
import { fieldErrors, showFieldErrors } from "../errors/errors";
import type { TopUpDetails } from "../journal/model";
import { useAccount } from "../journal/writes";
import { useLanguage } from "../language/language";
import type { Texts } from "../language/texts";
import { Confirmation } from "../payment/Confirmation";
import { PaymentDialog } from "../payment/PaymentDialog";
import { usePayment } from "../payment/usePayment";
import { useClient } from "../session/client";
import { amountInWords, parseAmount } from "./amount";
import { notifyReceipt } from "./receipt";
import { placeholderIn } from "./templates";
import { type Params, TopUpForm, type Values } from "./TopUpForm";

/** What is sent. An amount that is empty or no number stays as it is, so that the SDK reports it. */
const paramsOf = ({ amount, ...others }: Values, t: Texts) =>
  ({ ...others, amount: parseAmount(amount, t) ?? amount }) as Params;

/** Records the balance before and after as evidence, if the API shows the balance of this wallet. */
const optionsFor = ({ wallet }: Params): TopUpOptions => ({ recordBalance: wallet !== "SPK" });

const fields = ["email", "amount", "wallet", "description"];
const fieldOfCode = {
  "amount_gte_10.000_vnd": "amount",
  description_is_required: "description",
  "description_is_to_short.gte_50_characters": "description",
};

interface Props {
  id: string;
  tenant: Tenant;
  /** The initial values of the form. */
  draft: TopUpDetails | undefined;
  /** Whether this page is sending a payment of this tenant. */
  sending: boolean;
  onClose: () => void;
}

/** The dialog of a top-up. */
export function TopUp({ opened, ...props }: Props & { opened: boolean }) {
  const { t } = useLanguage();
  return (
    <PaymentDialog title={t.topUp.title} opened={opened} onClose={props.onClose} sending={props.sending}>
      <Steps {...props} />
    </PaymentDialog>
  );
}

/** The form of a top-up, its confirmation, and the request. */
function Steps({ id, tenant, draft, sending, onClose }: Props) {
  const { t } = useLanguage();
  const client = useClient();
  const account = useAccount();
  const format = useFormat();
  const [confirming, setConfirming] = useState<Params>();
  const [formError, setFormError] = useState<Error>();
  const { amount, wallet = "NORMAL", description = "" } = draft ?? {};
  const form = useForm<Values>({
    initialValues: {
      email: tenant.email ?? "",
      amount: amount === undefined ? "" : format.number(amount),
      wallet,
      description,
    },
    validate: (values) => {
      const placeholder = placeholderIn(values.description);
      return {
        ...(placeholder !== undefined && { description: t.topUp.replacePlaceholder(placeholder) }),
        ...schemaResolver(client.schemas.topUp, { sync: true })(paramsOf(values, t)),
      };
    },
  });

  const payment = usePayment({
    onClose,
    onFailed: (error) => {
      // The fields must be mounted before one of them can receive the focus.
      flushSync(() => setConfirming(undefined));
      const messages = fieldErrors(error, fields, fieldOfCode);
      showFieldErrors(form, fields, messages);
      setFormError(messages ? undefined : error);
    },
  });

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

  const send = (params: Params, since: number) => {
    const details: TopUpDetails = {
      ...params,
      kind: "topUp",
      account,
      name: tenant.full_name || params.email,
      tenantId: id,
      balanceBefore: tenant.balance,
    };
    return payment.pay({
      details,
      since,
      request: ({ tenants }) => tenants.topUp(params, optionsFor(params)),
      onConfirmed: (receipt) => notifyReceipt(details, receipt, t.close),
    });
  };

  if (!confirming) return <TopUpForm form={form} error={formError} onSubmit={toConfirmation} onCancel={onClose} />;
  return (
    <ConfirmTopUp
      params={confirming}
      tenant={tenant}
      sending={sending || payment.sending}
      onEdit={() => setConfirming(undefined)}
      onConfirm={(openedAt) => void send(confirming, openedAt)}
    />
  );
}

interface ConfirmProps {
  params: Params;
  tenant: Tenant;
  sending: boolean;
  onEdit: () => void;
  onConfirm: (openedAt: number) => void;
}

function ConfirmTopUp({ params: { amount, email, wallet, description }, tenant, ...props }: ConfirmProps) {
  const { language, t } = useLanguage();
  const format = useFormat();
  const money = format.money(amount, "VND");
  return (
    <Confirmation
      {...props}
      title={t.topUp.confirmTitle}
      amount={money}
      amountNote={amountInWords(amount, language)}
      confirmLabel={t.topUp.confirm(money)}
      facts={[
        [t.payment.recipient, <strong key="name">{tenant.full_name || t.tenant.unnamed}</strong>],
        [t.detail.email, email],
        [t.topUp.wallet, <strong key="wallet">{t.topUp.wallets[wallet]}</strong>],
        [t.topUp.description, description],
      ]}
    />
  );
}
