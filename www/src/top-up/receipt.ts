import type { TopUpReceipt } from "omicall-partner";
import type { Format } from "../display/format";
import { type NotificationVariant, notify } from "../display/notify";
import type { TopUpDetails } from "../journal/model";
import type { Texts } from "../language/texts";
import { summary } from "../payment/describe";

/** Shows that a top-up was confirmed, and how the balance has changed. */
export function notifyReceipt(details: TopUpDetails, { evidence }: TopUpReceipt, closeLabel: string) {
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
