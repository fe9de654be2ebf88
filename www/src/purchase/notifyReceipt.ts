import type { PurchaseReceipt } from "omicall-partner";
import type { Format } from "../display/format";
import { type NotificationVariant, notify } from "../display/notify";
import type { PurchaseDetails } from "../journal/model";
import type { Texts } from "../language/texts";
import { summary } from "../payment/describe";

/** Shows that a purchase was confirmed, and what the server shows of it. */
export function notifyReceipt(
  details: PurchaseDetails,
  { evidence }: PurchaseReceipt,
  currency: string,
  closeLabel: string,
) {
  const before = evidence?.before.partnerBalance;
  const after = evidence?.after.partnerBalance;
  const paid = before === undefined || after === undefined ? undefined : before - after;
  const quoted = details.prices.find((price) => price.currency === currency)?.price;
  const differs = paid !== undefined && quoted !== undefined && paid !== quoted;

  const show = (variant: NotificationVariant, title: (t: Texts) => string, hint?: (t: Texts) => string) => {
    const message = (t: Texts, format: Format) => {
      const money = (amount: number | undefined) => format.money(amount, currency);
      return [
        summary(details, t, format),
        paid !== undefined && t.purchase.balances(money(before), money(after)),
        hint?.(t),
        differs && t.purchase.paidDiffers(money(paid), money(quoted)),
      ]
        .filter(Boolean)
        .join("\n");
    };
    notify(variant, { title, message, closeLabel });
  };

  const done = (t: Texts) => t.purchase[details.kind].done;
  switch (evidence?.outcome) {
    case "applied":
      return show(differs ? "warning" : "success", done);
    case "appliedMoreThanOnce":
      return show(
        "error",
        (t) => t.purchase.moreThanOnceTitle,
        (t) => t.purchase.moreThanOnce,
      );
    case "notApplied":
    case "inconclusive":
      return show("warning", done, (t) => t.purchase.notSeen);
    case undefined:
      return show("success", done, (t) => t.purchase.unread);
  }
}
