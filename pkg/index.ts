/**
 * The OMICall partner API for the browser: create, list, show and top up business accounts (tenants); the partner's own account,
 * the service packages, and the phone numbers on sale.
 *
 * @packageDocumentation
 */
export {
  AbortError,
  ApiError,
  AuthenticationError,
  isPartnerError,
  LoadError,
  NetworkError,
  OutcomeUnknownError,
  PartnerError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
} from "./errors.js";
export type { AnyPartnerError, Failure, ForeignErrorJSON, PartnerErrorJSON, ValidationIssue } from "./errors.js";
export type { FieldCheck, ParamsIssue, ParamsSchema, Schemas } from "./schemas.js";
export type {
  AccessToken,
  ActivationProgress,
  Agency,
  AuthenticateOptions,
  BalanceEvidence,
  BuyNumberParams,
  CallOptions,
  ClientEvent,
  ClientOptions,
  CreatedTenant,
  CreateTenantParams,
  Evidence,
  ExtendPackageParams,
  Language,
  ListNumbersParams,
  ListOptions,
  ListTenantsParams,
  NumberOffer,
  NumberPage,
  NumberQuoteParams,
  Outcome,
  PackageOffer,
  PackageQuoteParams,
  PagePosition,
  Partner,
  Price,
  PublicNumber,
  PurchaseEvidence,
  PurchaseOptions,
  PurchaseReceipt,
  PurchaseState,
  Quote,
  QuotedPrice,
  Reconciliation,
  RequestOptions,
  ServicePackage,
  Tenant,
  TenantPage,
  TenantSummary,
  TopUpOptions,
  TopUpParams,
  TopUpReceipt,
  UpgradePackageParams,
  WaitOptions,
  WasmSource,
} from "./wasm/omicall_partner.js";

import { CLASSES, isPartnerError, isRejection, OutcomeUnknownError, PartnerError } from "./errors.js";
import { load } from "./load.js";
import { paramsSchema, type ParamsSchema, type Schemas } from "./schemas.js";
import type {
  AccessToken,
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
  NumberQuoteParams,
  PackageOffer,
  PackageQuoteParams,
  Partner,
  PurchaseOptions,
  PurchaseReceipt,
  Quote,
  RequestOptions,
  Tenant,
  TenantPage,
  TenantSummary,
  TopUpOptions,
  TopUpParams,
  TopUpReceipt,
  UpgradePackageParams,
  WaitOptions,
} from "./wasm/omicall_partner.js";

/** The tenants of a partner. Every method rejects with a {@link PartnerError}. */
export interface Tenants {
  /**
   * Creates a tenant: `POST /api/partner/tenant/add`. Never retried, except after a refused token: then the server has not
   * executed the request.
   *
   * @example
   * ```ts
   * const { id } = await omi.tenants.create({ email, password, fullName, ownerName, phone, isAutoActive: true });
   * ```
   *
   * @throws {@link ValidationError} before anything is sent; {@link ApiError} such as `email_registered`;
   * {@link OutcomeUnknownError} when it is unknown whether the tenant was created.
   */
  create(params: CreateTenantParams, options?: CallOptions): Promise<CreatedTenant>;
  /**
   * Lists tenants: `POST /api/partner/tenant/list`. Await the result for one page, or iterate it for every tenant.
   * Nothing is sent before.
   *
   * @example
   * ```ts
   * const { items, total_items } = await omi.tenants.list({ page: 2, size: 20 });
   * for await (const tenant of omi.tenants.list({ size: 200 }, { prefetch: 4 })) console.log(tenant.full_name);
   * ```
   */
  list(params?: ListTenantsParams, options?: ListOptions): TenantPager;
  /**
   * Gets one tenant: `GET /api/partner/tenant/info`.
   *
   * @example
   * ```ts
   * const { full_name, balance } = await omi.tenants.get(id);
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Tenant>;
  /**
   * Adds money to a tenant's balance: `POST /api/partner/tenant/update_balance`. Never retried, except after a refused token:
   * then the server has not executed the request.
   *
   * Identical calls of a client (e-mail address, amount, description, wallet) that are made while the first one runs, such as by
   * a double click, share one request, one result and the options of the first call. The request is cancelled only when all
   * callers have aborted. Different payments for the same e-mail address (top-ups, packages, numbers) run one after the other, across
   * tabs too where the browser has Web Locks. An identical call that is made later is another top-up.
   *
   * With `recordBalance` it also reads the balance: `POST /api/partner/tenant/list`, `GET /api/partner/tenant/info`.
   *
   * @example
   * ```ts
   * const description = "Top-up for November, as agreed with the owner by phone today.";
   * const { evidence } = await omi.tenants.topUp({ email, amount: 500_000, description }, { recordBalance: true });
   * ```
   *
   * @throws {@link ValidationError} before the top-up is sent; {@link ApiError} such as `access_denied`;
   * {@link OutcomeUnknownError} when it is unknown whether the money arrived: reconcile, and let a person decide;
   * {@link TimeoutError} when a payment for the same tenant in another tab did not end in time: nothing was sent.
   */
  topUp(params: TopUpParams, options?: TopUpOptions): Promise<TopUpReceipt>;
  /**
   * Waits until a tenant is active: `GET /api/partner/tenant/info` at intervals.
   *
   * @example
   * ```ts
   * const tenant = await omi.tenants.waitUntilActive(id, { onProgress: ({ elapsedMs }) => console.log(elapsedMs) });
   * ```
   *
   * @throws {@link TimeoutError} when it was not active before `deadlineMs`.
   */
  waitUntilActive(id: string, options?: WaitOptions): Promise<Tenant>;
}

/**
 * A list of tenants that is not requested yet. Await it for one page, or iterate it for every tenant from that page on.
 * As a promise of that page, it sends the request when `then`, `catch`, `finally` or `await` is used for the first time.
 * An iteration ends with a {@link ProtocolError} when the server repeats a page or announces pages without end.
 */
export interface TenantPager extends Promise<TenantPage>, AsyncIterable<TenantSummary> {
  /** Iterates page by page. */
  pages(): AsyncIterable<TenantPage>;
}

/** The partner's own account. Every method rejects with a {@link PartnerError}. */
export interface Account {
  /**
   * Gets the partner's account, with its balance: `GET /api/partner/me`.
   *
   * @example
   * ```ts
   * const { full_name, balance } = await omi.account.me();
   * ```
   */
  me(options?: CallOptions): Promise<Partner>;
  /**
   * Gets the agency account of the partner: `GET /api/partner/agency_tenant/info`.
   *
   * @example
   * ```ts
   * const { full_name } = await omi.account.agency();
   * ```
   */
  agency(options?: CallOptions): Promise<Agency>;
}

/** The service packages that the partner sells. Every method rejects with a {@link PartnerError}. */
export interface Packages {
  /**
   * Lists the packages with their prices: `GET /api/partner/service_package/list`.
   *
   * @example
   * ```ts
   * for (const { service_name, fee_holds } of await omi.packages.list()) console.log(service_name, fee_holds);
   * ```
   */
  list(options?: CallOptions): Promise<PackageOffer[]>;
  /**
   * What a package will cost for some months, from its listed prices, in each currency. Sends nothing.
   *
   * @example
   * ```ts
   * const { prices } = omi.packages.quote({ package: offer, months: 12, kind: "upgrade" });
   * ```
   *
   * @throws {@link ValidationError} for an invalid parameter, and for a package without list prices.
   */
  quote(params: PackageQuoteParams): Quote;
  /**
   * Buys a service package for a tenant: `POST /api/partner/service_package/upgrade`. Never retried, except after a refused token:
   * then the server has not executed the request. Calls share one request and wait for each other as those of
   * {@link Tenants.topUp} do, top-ups included.
   *
   * With `recordEvidence` it also reads the tenant and the partner's balance: `POST /api/partner/tenant/list`,
   * `GET /api/partner/tenant/info`, `GET /api/partner/me`.
   *
   * @example
   * ```ts
   * const order = { email, code_name: "omi_business", month_num: 12, note: "Order 1042, by phone." };
   * const { evidence } = await omi.packages.upgrade(order, { recordEvidence: true });
   * ```
   *
   * @throws {@link ValidationError} before the purchase is sent; {@link ApiError} with the server's code;
   * {@link OutcomeUnknownError} when it is unknown whether the package was bought: reconcile, and let a person decide;
   * {@link TimeoutError} when a payment for the same tenant in another tab did not end in time: nothing was sent.
   */
  upgrade(params: UpgradePackageParams, options?: PurchaseOptions): Promise<PurchaseReceipt>;
  /**
   * Buys more months of a tenant's package: `POST /api/partner/service_package/extend`. Works and fails as
   * {@link Packages.upgrade} does.
   *
   * @example
   * ```ts
   * await omi.packages.extend({ email, month_num: 6, note: "Order 1043, by phone." }, { recordEvidence: true });
   * ```
   */
  extend(params: ExtendPackageParams, options?: PurchaseOptions): Promise<PurchaseReceipt>;
  /**
   * Lists the templates of the new packages: `GET /api/partner/service_package_v2/template/list`. The provider does not document
   * the payload, which is not checked.
   *
   * @example
   * ```ts
   * const templates = await omi.packages.templates();
   * ```
   */
  templates(options?: CallOptions): Promise<unknown>;
}

/** The phone numbers that the partner can buy for its tenants. Every method rejects with a {@link PartnerError}. */
export interface Numbers {
  /**
   * Lists the numbers on sale: `GET /api/partner/public_number/list`. Await the result for one page, or iterate it for every number.
   * Nothing is sent before.
   *
   * @example
   * ```ts
   * for await (const { number, provider } of omi.numbers.list({ size: 100 })) console.log(number, provider);
   * ```
   */
  list(params?: ListNumbersParams, options?: ListOptions): NumberPager;
  /**
   * What a number will cost for some months, from its listed prices, in each currency. Sends nothing.
   *
   * @example
   * ```ts
   * const { prices } = omi.numbers.quote({ number: offer, months: 6 });
   * ```
   *
   * @throws {@link ValidationError} for an invalid parameter, and for a number without list prices.
   */
  quote(params: NumberQuoteParams): Quote;
  /**
   * Buys a phone number for a tenant: `POST /api/partner/public_number/buy`. Works and fails as {@link Packages.upgrade} does.
   *
   * @example
   * ```ts
   * const order = { email, number: offer.number, number_count: 6, note: "Order 1044" };
   * const { evidence } = await omi.numbers.buy(order, { recordEvidence: true });
   * ```
   */
  buy(params: BuyNumberParams, options?: PurchaseOptions): Promise<PurchaseReceipt>;
}

/** A list of phone numbers that is not requested yet. It works as a {@link TenantPager} does. */
export interface NumberPager extends Promise<NumberPage>, AsyncIterable<NumberOffer> {
  /** Iterates page by page. */
  pages(): AsyncIterable<NumberPage>;
}

/** A client of the partner API. */
export interface PartnerClient {
  /** The account of the partner that the token belongs to. */
  readonly account: Account;
  /** The phone numbers on sale. */
  readonly numbers: Numbers;
  /** The service packages on sale. */
  readonly packages: Packages;
  /** The parameters of calls as Standard Schemas: validation for forms, which sends nothing. */
  readonly schemas: Schemas;
  /** The tenants of the partner that the token belongs to. */
  readonly tenants: Tenants;
  /**
   * Calls any other endpoint with the same token, envelope and errors, and resolves to the payload, which is not checked. A GET
   * is retried like every read; a POST never, except after a refused token.
   *
   * @example
   * ```ts
   * const agents = await omi.request<{ total: number }>("GET", "/api/partner/agent/list", { query: { page: 1 } });
   * ```
   */
  request<T = unknown>(method: "GET" | "POST", path: string, init?: RequestOptions): Promise<T>;
  /** Running calls settle; calls after `close()` reject with a {@link ValidationError} whose `field` is `client`. May be called again. */
  close(): void;
  /** `close()`, for `using`. */
  [Symbol.dispose](): void;
}

/** The error of a rejection; any other value is an exception inside the core. */
function toError(rejection: unknown): PartnerError {
  if (!isRejection(rejection)) {
    return new PartnerError({
      code: "internal",
      message: "The SDK itself failed: please report it.",
      cause: rejection,
    });
  }
  const { name, failure, reconcile } = rejection;
  if (reconcile) return new OutcomeUnknownError({ ...failure, cause: toError(failure.cause) }, () => settle(reconcile));
  const { cause } = failure;
  // Where the token function failed with an error of this package, such as that of `tokenFromApiKey`, its sentence says what to do.
  const message = failure.code === "token_unavailable" && isPartnerError(cause) && look(cause, "message");
  const retryable = isPartnerError(cause) && look(cause, "retryable") === true;
  return new CLASSES[name as keyof typeof CLASSES](
    typeof message === "string" ? { ...failure, message, retryable } : failure,
  );
}

/** Calls the core. An `async` function, so that the stack of an error leads to the line of the caller. */
async function settle<T>(call: () => T): Promise<Awaited<T>> {
  try {
    return await call();
  } catch (rejection) {
    throw toError(rejection);
  }
}

/** Calls the core for a result at once. */
function unwrap<T>(call: () => T): T {
  try {
    return call();
  } catch (rejection) {
    throw toError(rejection);
  }
}

/** JavaScript callers may pass anything, also an object that throws; the core reports what is wrong with it. */
function look<T, K extends keyof T>(options: T, name: K): T[K] | undefined {
  try {
    return options[name];
  } catch {
    return undefined;
  }
}

const loadFor = (options: ClientOptions | AuthenticateOptions) =>
  load(look(options, "wasm"), look(options, "language") === "vi" ? "vi" : "en");

async function exchange(options: AuthenticateOptions, forPartner: boolean): Promise<AccessToken> {
  const { authenticate } = await loadFor(options);
  return settle(() => authenticate(options, forPartner));
}

/**
 * Exchanges an API key for a token: `GET /api/auth`. For a backend. In a browser it refuses to run, unless told
 * `dangerouslyAllowBrowser`: the API key is part of the URL, and whoever has it can act as the partner.
 *
 * @example
 * ```ts
 * const { access_token } = await authenticate({ baseUrl, apiKey });
 * ```
 *
 * @throws {@link ValidationError} for invalid options, and in a browser; {@link ApiError} `api_key_invalid`; {@link LoadError} when the
 * core cannot be started.
 */
export const authenticate = (options: AuthenticateOptions): Promise<AccessToken> => exchange(options, false);

/**
 * A `token` function for {@link connect}, for a backend: it gets a token by {@link authenticate}. The client calls it again when its
 * token is 23 hours old, or when the server refused the token. Invalid options are reported when the function is called.
 *
 * @example
 * ```ts
 * const omi = await connect({ baseUrl, token: tokenFromApiKey({ baseUrl, apiKey }) });
 * ```
 *
 * @throws The function rejects as {@link authenticate} does, and with an {@link AuthenticationError} `tenant_token` when the API key
 * is that of a tenant.
 */
export const tokenFromApiKey = (options: AuthenticateOptions) => async (): Promise<string> =>
  (await exchange(options, true)).access_token;

/**
 * Loads the WebAssembly core (once per page), checks the options and creates a client. Sends nothing to the API.
 *
 * @example
 * ```ts
 * const omi = await connect({
 *   baseUrl: "https://public-v1-stg.omicall.com",
 *   token: () => fetch("/omi-token", { method: "POST" }).then((response) => response.text()),
 *   language: "vi",
 * });
 * ```
 *
 * @throws {@link ValidationError} for invalid options; {@link LoadError} when the core cannot be started.
 */
export async function connect(options: ClientOptions): Promise<PartnerClient> {
  const { Core } = await loadFor(options);
  const core = await settle(() => new Core(options));
  const schema = <Input, Output>(name: keyof Schemas): ParamsSchema<Input, Output> =>
    paramsSchema((params) => {
      try {
        return core.validate(name, params);
      } catch (exception) {
        const { code, message } = toError(exception); // the core itself failed
        return { value: undefined, issues: [{ field: "params", code, message }] };
      }
    });
  const client: Omit<PartnerClient, typeof Symbol.dispose> = {
    account: {
      me: (options) => settle(() => core.me(options)),
      agency: (options) => settle(() => core.agency(options)),
    },
    numbers: {
      list: (params, options) => new Pager(() => core.numbers(params, options)),
      quote: (params) => unwrap(() => core.quoteNumber(params)),
      buy: (params, options) => settle(() => core.buyNumber(params, options)),
    },
    packages: {
      list: (options) => settle(() => core.packages(options)),
      quote: (params) => unwrap(() => core.quotePackage(params)),
      upgrade: (params, options) => settle(() => core.upgradePackage(params, options)),
      extend: (params, options) => settle(() => core.extendPackage(params, options)),
      templates: (options) => settle(() => core.templates(options)),
    },
    schemas: {
      buyNumber: schema("buyNumber"),
      createTenant: schema("createTenant"),
      extendPackage: schema("extendPackage"),
      listNumbers: schema("listNumbers"),
      listTenants: schema("listTenants"),
      topUp: schema("topUp"),
      upgradePackage: schema("upgradePackage"),
    },
    tenants: {
      create: (params, options) => settle(() => core.create(params, options)),
      list: (params, options) => new Pager(() => core.list(params, options)),
      get: (id, options) => settle(() => core.get(id, options)),
      topUp: (params, options) => settle(() => core.topUp(params, options)),
      waitUntilActive: (id, options) => settle(() => core.waitUntilActive(id, options)),
    },
    request: <T>(method: "GET" | "POST", path: string, init?: RequestOptions) =>
      settle(() => core.request(method, path, init) as Promise<T>) as Promise<T>,
    close: () => core.close(),
  };
  // Not every browser has the symbol yet.
  return Object.assign(client, Symbol.dispose && { [Symbol.dispose]: client.close }) as PartnerClient;
}

/** A walk through a list: the next page, `undefined` after the last one; and its end. */
type Walk<Page> = readonly [next: (prefetches: boolean) => Promise<Page | undefined>, stop: () => void];

/** A promise for what takes promises (frameworks, `Promise.all`, `instanceof`): its own state stays pending, `then` sends the request. */
class Pager<Page extends { items: Item[] }, Item> extends Promise<Page> {
  /** `finally` makes its promise by this class, whose constructor takes other arguments. */
  static override get [Symbol.species]() {
    return Promise;
  }
  readonly #walk: () => Walk<Page>;
  #first: Promise<Page> | undefined;

  constructor(walk: () => Walk<Page>) {
    super(() => {});
    this.#walk = walk;
  }

  override then<A = Page, B = never>(
    onFulfilled?: ((page: Page) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#first ??= settle(() => this.#walk()[0](false) as Promise<Page>);
    return this.#first.then(onFulfilled, onRejected);
  }

  async *pages(): AsyncGenerator<Page, void, undefined> {
    const [next, stop] = await settle(this.#walk);
    try {
      for (let page; (page = await settle(() => next(true)));) yield page;
    } finally {
      stop();
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }
}
