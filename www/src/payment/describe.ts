import type { Format } from "../display/format";
import type { PaymentKind, PurchaseDetails, TopUpDetails } from "../journal/model";
import type { Texts } from "../language/texts";

/** The texts that each kind of payment has. */
export const textsOf = (kind: PaymentKind, t: Texts) => (kind === "topUp" ? t.topUp : t.purchase[kind]);

/** What is bought, such as “OMI Start”. */
export const itemOf = (details: PurchaseDetails) => (details.kind === "buy" ? details.number : details.service_name);

/** One sentence with what is paid, and for whom. */
export function summary(details: TopUpDetails | PurchaseDetails, t: Texts, format: Format): string {
  const { kind, name } = details;
  return kind === "topUp"
    ? t.topUp.summary(format.money(details.amount, "VND"), t.topUp.wallets[details.wallet], name)
    : t.purchase[kind].summary(itemOf(details), details.months, name);
}
