import type { Evidence } from "omicall-partner";
import { fold } from "../display/fold";
import type { Format } from "../display/format";
import { type Payment, wasNotSent } from "../journal/model";
import type { Texts } from "../language/texts";
import { itemOf as purchasedItem } from "../payment/describe";

/** What the history tells about a payment. */
export interface PaymentRow {
  readonly payment: Payment;
  readonly state: PaymentState;
  readonly kind: string;
  /** The wallet, the package or the number, and what the top-up is for. */
  readonly item: string;
  readonly amount: number | undefined;
  readonly currency: string;
  /** What the server's data or its response said. */
  readonly evidence: string;
}

export type PaymentState = keyof Texts["history"]["states"];

export const stateColors: Record<PaymentState, string> = {
  unknown: "yellow",
  pending: "indigo",
  confirmed: "teal",
  refused: "red",
  notSent: "gray",
  closed: "gray",
};

/** The rows of the history: those with an unknown outcome, then the pending ones, then the others, newest first. */
export function rowsOf(payments: readonly Payment[], t: Texts, format: Format): PaymentRow[] {
  const rank = ({ state }: PaymentRow) => (state === "unknown" ? 0 : state === "pending" ? 1 : 2);
  return payments
    .map((payment) => ({
      payment,
      state: stateOf(payment),
      kind: t.history.kinds[payment.kind],
      item: itemOf(payment, t),
      ...priceOf(payment),
      evidence: evidenceOf(payment, t, format),
    }))
    .sort((a, b) => rank(a) - rank(b) || b.payment.sentAt - a.payment.sentAt);
}

function stateOf({ kind, state, error }: Payment): PaymentState {
  return state === "refused" && error && wasNotSent(kind, error) ? "notSent" : state;
}

function itemOf(payment: Payment, t: Texts): string {
  if (payment.kind === "topUp") return `${t.topUp.wallets[payment.wallet]}. ${payment.description}`;
  return t.history.months(purchasedItem(payment), payment.months);
}

/** The amount of a top-up, or the price that a purchase was quoted at, in VND if there is one. */
function priceOf(payment: Payment): { amount: number | undefined; currency: string } {
  if (payment.kind === "topUp") return { amount: payment.amount, currency: "VND" };
  const { prices } = payment;
  const quoted = prices.find(({ currency }) => currency === "VND") ?? prices[0];
  return { amount: quoted?.price, currency: quoted?.currency ?? "" };
}

function evidenceOf({ evidence, checked, error }: Payment, t: Texts, format: Format): string {
  if (checked && !evidence) {
    const balances = balancesOf(checked.evidence, t, format);
    return [balances, t.history.outcomes[checked.outcome]].filter(Boolean).join(". ");
  }
  if (!evidence) return error?.message ?? "";
  const doubt = evidence.outcome !== "applied" && t.history.outcomes[evidence.outcome];
  return [balancesOf(evidence, t, format), doubt].filter(Boolean).join(". ");
}

function balancesOf(evidence: Evidence, t: Texts, format: Format): string {
  const { balanceBefore, balanceAfter } = evidence;
  if (balanceBefore !== undefined && balanceAfter !== undefined) {
    const money = (balance: number) => format.money(balance, "VND");
    return t.history.tenantBalance(money(balanceBefore), money(balanceAfter));
  }
  const [before, after] = [evidence.before?.partnerBalance, evidence.after?.partnerBalance];
  // In the partner's currency, which is not recorded.
  return before === undefined || after === undefined
    ? ""
    : t.history.partnerBalance(format.number(before), format.number(after));
}

/** Whether a row contains a text, whatever its case and its diacritics. */
export function contains({ payment, kind, item, evidence }: PaymentRow, text: string): boolean {
  return fold([payment.name, payment.email, kind, item, evidence].join("\n")).includes(fold(text.trim()));
}
