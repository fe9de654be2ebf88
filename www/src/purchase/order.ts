import {
  type Quote,
  type QuotedPrice,
  type PartnerClient,
  type PurchaseReceipt,
  type Tenant,
  ValidationError,
} from "omicall-partner";
import type { Format } from "../display/format";
import type { PurchaseDetails } from "../journal/model";

export type PurchaseKind = PurchaseDetails["kind"];

/** A purchase that the user has filled in. */
export interface Order {
  readonly details: PurchaseDetails;
  readonly request: (client: PartnerClient) => Promise<PurchaseReceipt>;
}

/** Every purchase records what the server shows before and after it. */
export const options = { recordEvidence: true };

/** The number of months; a text that is no number stays as it is, so that the SDK reports it. */
export const monthsOf = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : text) as number;

/** The prices of a quote: none for an offer without list prices, undefined where there is no quote yet. */
export function pricesOf(quote: () => Quote): readonly QuotedPrice[] | undefined {
  try {
    return quote().prices;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.issues.some(({ field }) => field === "package" || field === "number") ? [] : undefined;
  }
}

/** What the journal keeps of the tenant on the screen. */
export const stateOnScreen = ({ service_package = null, public_numbers = null }: Tenant) => ({
  service_package,
  public_numbers,
});

/** The price in a currency, or in the first one of the list. */
export const priceIn = <P extends { currency?: string | null }>(prices: readonly P[], currency: string) =>
  prices.find((price) => price.currency === currency) ?? prices[0];

export const priceText = (price: { currency?: string | null; price?: number | null }, format: Format) =>
  format.money(price.price, price.currency);

/** The prices of a quote: that in the partner's currency, and the others as a text. */
export function splitPrices(prices: readonly QuotedPrice[], currency: string, format: Format) {
  const first = priceIn(prices, currency);
  const others = prices.filter((price) => price !== first).map((price) => priceText(price, format));
  return { first, others: others.join(", ") };
}
