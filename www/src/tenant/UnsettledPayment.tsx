import { isUnknown, type Payment } from "../journal/model";
import { PendingPurchase, UnknownPurchase } from "../purchase/UnsettledPurchase";
import { PendingTopUp, UnknownTopUp } from "../top-up/UnsettledTopUp";

interface Props {
  payment: Payment;
  /** Opens the form with the values of this payment. */
  onResend: () => void;
}

/** The payment of this tenant that is pending, or whose outcome is unknown. */
export function UnsettledPayment({ payment, onResend }: Props) {
  if (payment.kind === "topUp") {
    if (!isUnknown(payment)) return <PendingTopUp topUp={payment} />;
    return <UnknownTopUp topUp={payment} onResend={onResend} />;
  }
  if (!isUnknown(payment)) return <PendingPurchase purchase={payment} />;
  return <UnknownPurchase purchase={payment} onResend={onResend} />;
}
