import type { PartnerClient, PurchaseState, Reconciliation } from "omicall-partner";
import { type Format, useFormat } from "../display/format";
import type { PurchaseDetails, UnknownWrite } from "../journal/model";
import { useLanguage } from "../language/language";
import type { Texts } from "../language/texts";
import { itemOf } from "../payment/describe";
import { type OutcomeDescription, UnknownPayment } from "../payment/UnknownPayment";
import { priceText, type PurchaseKind, splitPrices } from "./order";
import { usePartnerBalance } from "./usePartnerBalance";

interface Props {
  purchase: UnknownWrite<PurchaseKind>;
  /** Opens the form with the values of this purchase; absent outside the tenant's page. */
  onResend?: (() => void) | undefined;
}

/** A purchase with an unknown outcome. */
export function UnknownPurchase({ purchase, onResend }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const { currency } = usePartnerBalance();
  const texts = t.purchase[purchase.kind];
  const { first } = splitPrices(purchase.prices, currency, format);
  return (
    <UnknownPayment
      payment={purchase}
      hint={t.purchase.unknownHint}
      facts={(checked) => [
        [texts.item, itemOf(purchase)],
        [t.purchase.months, t.purchase.monthCount(purchase.months)],
        [t.purchase.quote, first ? priceText(first, format) : t.purchase.noPrice],
        ...(checked ? changes(purchase, checked, currency, t, format) : []),
      ]}
      describe={(checked) => describe(purchase, checked, t)}
      readNow={(client) => readNow(client, purchase.tenantId)}
      resendLabel={t.purchase.resend}
      onResend={onResend}
    />
  );
}

/** Reads what the server shows now, for a purchase without the state that the SDK has recorded before. */
async function readNow({ tenants, account }: PartnerClient, id: string): Promise<Reconciliation> {
  const [tenant, partner] = await Promise.all([tenants.get(id), account.me()]);
  const after: PurchaseState = {
    ...(tenant.service_package && { servicePackage: tenant.service_package }),
    ...(tenant.public_numbers && { publicNumbers: tenant.public_numbers }),
    ...(partner.balance != null && { partnerBalance: partner.balance }),
  };
  return { outcome: "inconclusive", evidence: { after } };
}

/** The tenant on the screen when the purchase was sent. */
function onScreen({ before: { service_package, public_numbers } }: PurchaseDetails): PurchaseState {
  return {
    ...(service_package && { servicePackage: service_package }),
    ...(public_numbers && { publicNumbers: public_numbers }),
  };
}

/** What a purchase of this kind changes, as the server shows it. */
function changes(
  purchase: PurchaseDetails,
  { evidence: { before, after = {} } }: Reconciliation,
  currency: string,
  t: Texts,
  format: Format,
) {
  const texts = t.purchase[purchase.kind];
  const state = (state: PurchaseState) => {
    if (purchase.kind === "buy") return state.publicNumbers && (hasNumber(purchase, state) ? t.yes : t.no);
    const { servicePackage: { service_name, code_name, expiry_date } = {} } = state;
    const name = service_name ?? code_name;
    return name && t.purchase.packageUntil(name, format.date(expiry_date));
  };
  return [
    [before ? texts.was : texts.wasOnScreen, state(before ?? onScreen(purchase))],
    [texts.now, <strong key="now">{state(after) ?? t.none}</strong>],
    ...(before ? [[t.purchase.ownBalanceBefore, format.money(before.partnerBalance, currency)] as const] : []),
    [t.purchase.ownBalanceNow, format.money(after.partnerBalance, currency)],
  ] as const;
}

const hasNumber = ({ number }: { number: string }, { publicNumbers }: PurchaseState) =>
  publicNumbers?.some((other) => other.number === number);

/** Describes the result of a check. */
function describe(purchase: PurchaseDetails, { outcome, evidence }: Reconciliation, t: Texts): OutcomeDescription {
  const { before, after = {} } = evidence;
  if (!before) return { message: `${t.purchase.unrecorded} ${compare(purchase, after, t)}` };
  switch (outcome) {
    case "applied": {
      const title = t.purchase[purchase.kind].done;
      return { settled: true, message: t.purchase.outcomes.applied, title, color: "teal", icon: "check" };
    }
    case "appliedMoreThanOnce": {
      const title = t.purchase.moreThanOnceTitle;
      return { settled: true, message: t.purchase.moreThanOnce, title, color: "red", icon: "warning" };
    }
    case "notApplied":
    case "inconclusive":
      return { message: t.purchase.outcomes[outcome] };
  }
}

/** Compares the tenant now with the one on the screen. No proof: that one was read some unknown time before. */
function compare(purchase: PurchaseDetails, now: PurchaseState, t: Texts): string {
  const before = onScreen(purchase);
  const changed =
    purchase.kind === "buy" ? numberAppeared(purchase, before, now) : packageChanged(purchase, before, now);
  return changed === undefined
    ? t.purchase.compared.unread
    : changed
      ? t.purchase.compared.changed
      : t.purchase.compared.unchanged;
}

const numberAppeared = (purchase: { number: string }, before: PurchaseState, now: PurchaseState) =>
  now.publicNumbers && (hasNumber(purchase, now) ?? false) && !hasNumber(purchase, before);

function packageChanged(
  { kind, code_name }: { kind: "upgrade" | "extend"; code_name: string },
  { servicePackage: before }: PurchaseState,
  { servicePackage: now }: PurchaseState,
): boolean | undefined {
  if (!now) return undefined;
  const later = (now.expiry_date ?? 0) > (before?.expiry_date ?? 0);
  return now.code_name === code_name && (kind === "upgrade" ? before?.code_name !== code_name || later : later);
}
