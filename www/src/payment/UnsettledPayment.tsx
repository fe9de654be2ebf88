import { isUnknown, type Payment } from "../journal/model";
import { UnknownPurchase } from "../purchase/UnknownPurchase";
import { UnknownTopUp } from "../top-up/UnknownTopUp";
import { PendingPayment } from "./PendingPayment";

interface Props {
  payment: Payment;
  /** Opens the form with the values of this payment; absent outside the tenant's page. */
  onResend?: () => void;
}

/** A payment that is pending, or whose outcome is unknown. */
export function UnsettledPayment({ payment, onResend }: Props) {
  if (!isUnknown(payment)) return <PendingPayment payment={payment} />;
  if (payment.kind === "topUp") return <UnknownTopUp topUp={payment} onResend={onResend} />;
  return <UnknownPurchase purchase={payment} onResend={onResend} />;
}
