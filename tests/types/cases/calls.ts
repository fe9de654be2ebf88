// The client and its calls: the parameters, options and result of each.
import { authenticate, connect, tokenFromApiKey } from "omicall-partner";
import type {
  AccessToken,
  Account,
  Agency,
  AuthenticateOptions,
  BuyNumberParams,
  CallOptions,
  ClientOptions,
  CreatedTenant,
  CreateTenantParams,
  ExtendPackageParams,
  ListNumbersParams,
  ListOptions,
  ListTenantsParams,
  NumberOffer,
  NumberPage,
  NumberPager,
  NumberQuoteParams,
  Numbers,
  PackageOffer,
  PackageQuoteParams,
  Packages,
  Partner,
  PartnerClient,
  PurchaseOptions,
  PurchaseReceipt,
  Quote,
  RequestOptions,
  Schemas,
  Tenant,
  TenantPage,
  TenantPager,
  Tenants,
  TenantSummary,
  TopUpOptions,
  TopUpParams,
  TopUpReceipt,
  UpgradePackageParams,
  WaitOptions,
} from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf(connect).toEqualTypeOf<(options: ClientOptions) => Promise<PartnerClient>>();

expectTypeOf(authenticate).toEqualTypeOf<(options: AuthenticateOptions) => Promise<AccessToken>>();
expectTypeOf(tokenFromApiKey).toEqualTypeOf<(options: AuthenticateOptions) => () => Promise<string>>();

expectTypeOf<PartnerClient>().toEqualTypeOf<{
  readonly account: Account;
  readonly numbers: Numbers;
  readonly packages: Packages;
  readonly schemas: Schemas;
  readonly tenants: Tenants;
  request<T = unknown>(method: "GET" | "POST", path: string, init?: RequestOptions): Promise<T>;
  close(): void;
  [Symbol.dispose](): void;
}>();

expectTypeOf<Tenants>().toEqualTypeOf<{
  create(params: CreateTenantParams, options?: CallOptions): Promise<CreatedTenant>;
  list(params?: ListTenantsParams, options?: ListOptions): TenantPager;
  get(id: string, options?: CallOptions): Promise<Tenant>;
  topUp(params: TopUpParams, options?: TopUpOptions): Promise<TopUpReceipt>;
  waitUntilActive(id: string, options?: WaitOptions): Promise<Tenant>;
}>();

expectTypeOf<Account>().toEqualTypeOf<{
  me(options?: CallOptions): Promise<Partner>;
  agency(options?: CallOptions): Promise<Agency>;
}>();

expectTypeOf<Packages>().toEqualTypeOf<{
  list(options?: CallOptions): Promise<PackageOffer[]>;
  quote(params: PackageQuoteParams): Quote;
  upgrade(params: UpgradePackageParams, options?: PurchaseOptions): Promise<PurchaseReceipt>;
  extend(params: ExtendPackageParams, options?: PurchaseOptions): Promise<PurchaseReceipt>;
  templates(options?: CallOptions): Promise<unknown>;
}>();

expectTypeOf<Numbers>().toEqualTypeOf<{
  list(params?: ListNumbersParams, options?: ListOptions): NumberPager;
  quote(params: NumberQuoteParams): Quote;
  buy(params: BuyNumberParams, options?: PurchaseOptions): Promise<PurchaseReceipt>;
}>();

expectTypeOf<NumberPager>().toExtend<Promise<NumberPage>>();
expectTypeOf<NumberPager>().toExtend<AsyncIterable<NumberOffer>>();
expectTypeOf<keyof NumberPager>().toEqualTypeOf<keyof TenantPager>();
expectTypeOf<NumberPager["pages"]>().toEqualTypeOf<() => AsyncIterable<NumberPage>>();

expectTypeOf<TenantPager>().toExtend<Promise<TenantPage>>();
expectTypeOf<TenantPager>().toExtend<AsyncIterable<TenantSummary>>();
expectTypeOf<keyof TenantPager>().toEqualTypeOf<"pages" | keyof Promise<TenantPage> | typeof Symbol.asyncIterator>();
expectTypeOf<TenantPager["pages"]>().toEqualTypeOf<() => AsyncIterable<TenantPage>>();

declare const omi: PartnerClient;
declare const params: CreateTenantParams & TopUpParams;
declare const unsure: string | undefined;

// The results of the calls.
expectTypeOf(await connect({ baseUrl: "", token: "" })).toEqualTypeOf<PartnerClient>();
expectTypeOf(await omi.tenants.list()).toEqualTypeOf<TenantPage>();
for await (const tenant of omi.tenants.list()) expectTypeOf(tenant).toEqualTypeOf<TenantSummary>();
for await (const page of omi.tenants.list().pages()) expectTypeOf(page).toEqualTypeOf<TenantPage>();
expectTypeOf(await omi.numbers.list()).toEqualTypeOf<NumberPage>();
for await (const number of omi.numbers.list()) expectTypeOf(number).toEqualTypeOf<NumberOffer>();
for await (const page of omi.numbers.list().pages()) expectTypeOf(page).toEqualTypeOf<NumberPage>();
expectTypeOf(await omi.request("GET", "/api/x")).toBeUnknown();
expectTypeOf(await omi.request<{ a: 1 }>("POST", "/api/x", { body: [] })).toEqualTypeOf<{ a: 1 }>();

connect({ baseUrl: "", token: tokenFromApiKey({ baseUrl: "", apiKey: "" }) });

// Missing arguments.
// @ts-expect-error 2345|2741: the key is required
await authenticate({ baseUrl: "" });
// @ts-expect-error 2554: the options are required
await connect();
// @ts-expect-error 2554: the parameters are required
await omi.tenants.create();
// @ts-expect-error 2554: the id is required
await omi.tenants.get();
// @ts-expect-error 2554: the parameters are required
await omi.tenants.topUp();
// @ts-expect-error 2554: the id is required
await omi.tenants.waitUntilActive();
// @ts-expect-error 2554: the path is required
await omi.request("GET");

// Arguments of a wrong type.
// @ts-expect-error 2345: an id is a string
await omi.tenants.get(5);
// @ts-expect-error 2345: an id may not be undefined
await omi.tenants.get(unsure);
// @ts-expect-error 2345: an id may not be null
await omi.tenants.waitUntilActive(null);
// @ts-expect-error 2345: an optional argument is not nullable
await omi.tenants.list(null);
// @ts-expect-error 2345: an optional argument is not nullable
await omi.tenants.get("a", null);
// @ts-expect-error 2345: only GET and POST exist
await omi.request("DELETE", "/api/x");
// @ts-expect-error 2345: methods are upper case
await omi.request("get", "/api/x");
// @ts-expect-error 2345: a path is a string
await omi.request("GET", new URL("https://a.example"));
// @ts-expect-error 2345: an optional argument is not nullable
await omi.request("GET", "/api/x", null);

// Too many arguments.
// @ts-expect-error 2554: there is no third parameter
await omi.tenants.create(params, {}, 1);
// @ts-expect-error 2554: close has no parameters
omi.close(true);

// Options of other calls.
// @ts-expect-error 2353: only topUp records the balance
await omi.tenants.create(params, { recordBalance: true });
// @ts-expect-error 2353: only waitUntilActive has a deadline
await omi.tenants.topUp(params, { deadlineMs: 1 });
// @ts-expect-error 2353: only request has a query
await omi.tenants.get("a", { query: {} });

// A pager is a promise.
expectTypeOf(omi.tenants.list().catch(() => undefined)).toEqualTypeOf<Promise<TenantPage | undefined>>();
export const promise: Promise<TenantPage> = omi.tenants.list();
// @ts-expect-error 2504: a page is not iterable
for await (const _ of await omi.tenants.list()) break;

// @ts-expect-error 2540: tenants is read-only
omi.tenants = omi.tenants;
// @ts-expect-error 2339: there is no such method
omi.tenants.remove("a");
