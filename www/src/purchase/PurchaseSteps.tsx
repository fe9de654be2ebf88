import { Button, Group, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import { fieldErrors, showFieldErrors } from "../errors/errors";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { Confirmation } from "../payment/Confirmation";
import { itemOf } from "../payment/describe";
import { PaymentError } from "../payment/PaymentError";
import { usePayment } from "../payment/usePayment";
import { notifyReceipt } from "./notifyReceipt";
import { type Order, priceText, splitPrices } from "./order";
import { QuoteWarning } from "./QuoteSummary";
import { usePartnerBalance } from "./usePartnerBalance";

interface Props<Values> {
  form: UseFormReturnType<Values>;
  /** The names of the form's fields, in display order. */
  fields: readonly string[];
  /** What the values order. */
  order: Order;
  /** Whether the offers and their prices are loaded. */
  loaded: boolean;
  /** Whether the purchase is pending. */
  sending: boolean;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
}

/** The form of a purchase, its confirmation, and the request. */
export function PurchaseSteps<Values>({ form, fields, order, loaded, sending, onClose, children }: Props<Values>) {
  const { t } = useLanguage();
  const { currency } = usePartnerBalance();
  // Kept as it was shown: the offers may be loaded again meanwhile, with other prices.
  const [confirming, setConfirming] = useState<Order>();
  const [error, setError] = useState<Error>();
  const payment = usePayment({
    onClose,
    onFailed: (error) => {
      // The fields must be mounted before one of them can receive the focus.
      flushSync(() => setConfirming(undefined));
      const messages = fieldErrors(error, fields);
      showFieldErrors(form, fields, messages);
      setError(messages ? undefined : error);
    },
  });
  const send = ({ details, request }: Order, since: number) =>
    payment.pay({
      details,
      since,
      request,
      onConfirmed: (receipt) => notifyReceipt(details, receipt, currency, t.close),
    });

  if (confirming) {
    return (
      <ConfirmPurchase
        order={confirming}
        sending={sending || payment.sending}
        onEdit={() => setConfirming(undefined)}
        onConfirm={(openedAt) => void send(confirming, openedAt)}
      />
    );
  }
  const onSubmit = form.onSubmit(
    () => {
      setError(undefined);
      setConfirming(order);
    },
    (errors) => {
      setError(undefined);
      showFieldErrors(form, fields, errors);
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <PaymentError error={error} kind={order.details.kind} />
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" disabled={!loaded}>
            {t.purchase.toConfirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ConfirmProps {
  order: Order;
  sending: boolean;
  onEdit: () => void;
  onConfirm: (openedAt: number) => void;
}

function ConfirmPurchase({ order: { details }, ...props }: ConfirmProps) {
  const { t } = useLanguage();
  const format = useFormat();
  const { balance, currency } = usePartnerBalance();
  const texts = t.purchase[details.kind];
  const { first, others } = splitPrices(details.prices, currency, format);
  return (
    <Confirmation
      {...props}
      title={texts.confirmTitle}
      amount={first ? priceText(first, format) : t.purchase.noPrice}
      amountNote={others && t.purchase.otherCurrencies(others)}
      confirmLabel={texts.confirm}
      facts={[
        [t.payment.recipient, <strong key="name">{details.name}</strong>],
        [t.detail.email, details.email],
        [texts.item, <strong key="item">{itemOf(details)}</strong>],
        [t.purchase.months, <strong key="months">{t.purchase.monthCount(details.months)}</strong>],
        [t.purchase.note, details.note],
        [t.purchase.ownBalance, format.money(balance, currency)],
      ]}
    >
      <QuoteWarning prices={details.prices} />
    </Confirmation>
  );
}
