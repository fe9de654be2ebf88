// The results of the calls.
import type {
  AccessToken,
  Agency,
  BalanceEvidence,
  CreatedTenant,
  Evidence,
  NumberOffer,
  NumberPage,
  Outcome,
  PackageOffer,
  PagePosition,
  Partner,
  Price,
  PublicNumber,
  PurchaseEvidence,
  PurchaseReceipt,
  PurchaseState,
  Quote,
  QuotedPrice,
  Reconciliation,
  ServicePackage,
  Tenant,
  TenantPage,
  TenantSummary,
  TopUpReceipt,
} from "omicall-partner";
import { expectTypeOf } from "expect-type";

/** One of the known strings or any other string; editors suggest the known ones. */
type Open<Known extends string> = Known | (string & {});

expectTypeOf<PublicNumber>().toEqualTypeOf<{
  number?: string | null;
  provider?: string | null;
  expire_date?: number | null;
  status?: Open<"active"> | null;
}>();

expectTypeOf<ServicePackage>().toEqualTypeOf<{
  code_name?: Open<"trial" | "omi_start" | "omi_business" | "omi_advance" | "omi_pro" | "customize"> | null;
  service_name?: string | null;
  staff_num?: number | null;
  customer_num?: number | null;
  expiry_date?: number | null;
  cashback?: number | null;
}>();

interface OwnAccount {
  full_name?: string | null;
  email?: string | null;
  description?: string | null;
  enabled?: boolean | null;
  status?: Open<"activated"> | null;
  paid_type?: Open<"prepaid" | "postpaid"> | null;
  nation?: Open<"vn"> | null;
  currency?: Open<"VND"> | null;
  language?: Open<"vi"> | null;
  balance?: number | null;
}
expectTypeOf<Partner>().toEqualTypeOf<OwnAccount>();
expectTypeOf<Agency>().toEqualTypeOf<OwnAccount>();

expectTypeOf<Price>().toEqualTypeOf<{ currency?: Open<"VND" | "USD"> | null; price?: number | null }>();
expectTypeOf<PackageOffer>().toEqualTypeOf<{
  code_name?: Open<"trial" | "omi_start" | "omi_business" | "omi_advance" | "omi_pro" | "customize"> | null;
  service_name?: string | null;
  staff_num?: number | null;
  customer_num?: number | null;
  note?: string | null;
  fee_setups?: Price[] | null;
  fee_holds?: Price[] | null;
}>();
expectTypeOf<NumberOffer>().toEqualTypeOf<{
  number: string;
  provider?: string | null;
  provider_type?: string | null;
  number_type?: Open<"fixed" | "mobile" | "1900" | "1800"> | null;
  nation?: Open<"vn"> | null;
  created_date?: number | null;
  last_updated_date?: number | null;
  maintaining_prices?: Price[] | null;
}>();

expectTypeOf<Quote>().toEqualTypeOf<{ prices: QuotedPrice[] }>();
expectTypeOf<QuotedPrice>().toEqualTypeOf<{ currency: string; price: number }>();

interface Account {
  full_name?: string | null;
  email?: string | null;
  description?: string | null;
  enabled?: boolean | null;
  domain?: string | null;
  domain_fusion?: string | null;
  domain_expire?: number | null;
  effective_date?: number | null;
  expire_date?: number | null;
  phone?: string | null;
  status?: Open<"activated"> | null;
  paid_type?: Open<"prepaid" | "postpaid"> | null;
  nation?: Open<"vn"> | null;
  currency?: Open<"VND"> | null;
  language?: Open<"vi"> | null;
  balance?: number | null;
  api_key?: string | null;
  public_numbers?: PublicNumber[] | null;
  service_package?: ServicePackage | null;
}
interface ListedAccount extends Account {
  id: string;
}
interface Position {
  page_number?: number | null;
  page_size?: number | null;
  total_items?: number | null;
  total_pages?: number | null;
  has_next?: boolean | null;
  has_previous?: boolean | null;
  next_page?: number | null;
  previous_page?: number | null;
}
interface Page extends Position {
  items: TenantSummary[];
}
interface PageOfNumbers extends Position {
  items: NumberOffer[];
}
expectTypeOf<Tenant>().toEqualTypeOf<Account>();
expectTypeOf<TenantSummary>().toEqualTypeOf<ListedAccount>();
expectTypeOf<PagePosition>().toEqualTypeOf<Position>();
expectTypeOf<TenantPage>().toEqualTypeOf<Page>();
expectTypeOf<NumberPage>().toEqualTypeOf<PageOfNumbers>();

expectTypeOf<AccessToken>().toEqualTypeOf<{
  access_token: string;
  access_type?: Open<"bussiness" | "normal"> | null;
  token_type?: Open<"Bearer"> | null;
}>();
expectTypeOf<CreatedTenant>().toEqualTypeOf<{ id: string }>();
expectTypeOf<Outcome>().toEqualTypeOf<"applied" | "notApplied" | "appliedMoreThanOnce" | "inconclusive">();
expectTypeOf<TopUpReceipt>().toEqualTypeOf<{ payload: unknown; evidence?: BalanceEvidence }>();
expectTypeOf<BalanceEvidence>().toEqualTypeOf<{ balanceBefore: number; balanceAfter: number; outcome: Outcome }>();
expectTypeOf<Reconciliation>().toEqualTypeOf<{ outcome: Outcome; evidence: Evidence }>();
expectTypeOf<Evidence>().toEqualTypeOf<{
  tenants?: TenantSummary[];
  balanceBefore?: number;
  balanceAfter?: number;
  before?: PurchaseState;
  after?: PurchaseState;
}>();
expectTypeOf<PurchaseState>().toEqualTypeOf<{
  servicePackage?: ServicePackage;
  publicNumbers?: PublicNumber[];
  partnerBalance?: number;
}>();
expectTypeOf<PurchaseEvidence>().toEqualTypeOf<{ before: PurchaseState; after: PurchaseState; outcome: Outcome }>();
expectTypeOf<PurchaseReceipt>().toEqualTypeOf<{ payload: unknown; evidence?: PurchaseEvidence }>();

declare const tenant: Tenant;
declare const summary: TenantSummary;
declare const page: TenantPage;
declare const receipt: TopUpReceipt;
declare const { evidence, outcome }: Reconciliation;

// With a check for absent values.
expectTypeOf(tenant.balance ?? 0).toBeNumber();
expectTypeOf(tenant.public_numbers?.[0]?.number).toEqualTypeOf<string | null | undefined>();
expectTypeOf(summary.id.length).toBeNumber();
expectTypeOf(receipt.evidence?.outcome).toEqualTypeOf<Outcome | undefined>();
expectTypeOf(tenant.status === "activated" || tenant.status === "something new").toBeBoolean();

// Without a check.
// @ts-expect-error 18049: the name may be absent or null
tenant.full_name.length;
// @ts-expect-error 18049: the balance may be absent or null
tenant.balance + 1;
// @ts-expect-error 18049: the list of hotlines may be absent or null
tenant.public_numbers.length;
// @ts-expect-error 18049: the service package may be absent or null
tenant.service_package.code_name;
// @ts-expect-error 18049: a listed tenant's fields may be absent or null
summary.email.length;
// @ts-expect-error 18049: the page info may be absent or null
page.total_items.toFixed();
// @ts-expect-error 2532: a page may be empty
page.items[0].id;
// @ts-expect-error 18048: evidence exists only with recordBalance
receipt.evidence.outcome;
// @ts-expect-error 18048: tenants exist only after a create
evidence.tenants.length;
// @ts-expect-error 18048: the balance may be unknown
evidence.balanceBefore.toFixed();
// @ts-expect-error 18046: the provider does not document the payload
receipt.payload.id;
// @ts-expect-error 2322: number | null is not a number
export const total: number = page.total_items ?? null;

// An absent field is absent, not undefined.
// @ts-expect-error 2375: the field is never undefined
export const invalidTenant: Tenant = { full_name: undefined };
// @ts-expect-error 2375: the field is never undefined
export const invalidReceipt: TopUpReceipt = { payload: 1, evidence: undefined };

// Fields that do not exist.
// @ts-expect-error 2339: a single tenant has no id
tenant.id;
// @ts-expect-error 2551: fields have their wire names
tenant.fullName;
// @ts-expect-error 2741: a listed tenant has an id
export const listed: TenantSummary = { full_name: "" };
// @ts-expect-error 2367: no such outcome
outcome === "lost";
