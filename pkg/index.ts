/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The OMICall partner API for the browser: create, list, show and top up business accounts (tenants).
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
export type { AnyPartnerError, Failure, ValidationIssue } from "./errors.js";
export type { Language, WasmSource } from "./load.js";
export type {
  ActivationProgress,
  BalanceEvidence,
  ClientEvent,
  CreatedTenant,
  CreateTenantParams,
  Evidence,
  ListTenantsParams,
  Outcome,
  PagePosition,
  PublicNumber,
  Reconciliation,
  ServicePackage,
  Tenant,
  TenantPage,
  TenantSummary,
  TopUpParams,
  TopUpReceipt,
} from "./wasm/omicall_partner.js";

import { CLASSES, isCoreFailure, OutcomeUnknownError, PartnerError, ValidationError } from "./errors.js";
import { load, type Language, type WasmSource } from "./load.js";
import { Core } from "./wasm/omicall_partner.js";
import type {
  ActivationProgress,
  ClientEvent,
  CreatedTenant,
  CreateTenantParams,
  ListTenantsParams,
  Tenant,
  TenantPage,
  TenantSummary,
  TopUpParams,
  TopUpReceipt,
} from "./wasm/omicall_partner.js";

/** What {@link connect} needs to know. */
export interface ClientOptions {
  /**
   * Where the API is: https, or http on this machine only. A path prefix is kept; a query, a fragment and credentials are
   * refused.
   */
  baseUrl: string;
  /**
   * The partner's bearer token, or a function that gets one. The function is asked before the first call and after the
   * server refused a token; calls that wait share one question. It must not call this client itself: it would wait for
   * its own answer.
   */
  token: string | (() => string | Promise<string>);
  /** The limit of one attempt, headers and body, in ms. Default 30,000. */
  timeoutMs?: number | undefined;
  /** How often a failed read is repeated; a write is not. Default 2. */
  maxRetries?: number | undefined;
  /** The language of error messages. Default `"en"`. */
  language?: Language | undefined;
  /** Sends the requests in place of the page's own `fetch`: called with one `Request` for each that the SDK sends. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * The WebAssembly core, for the first `connect` of a page. Default: the package's own file, `wasm/omicall_partner_bg.wasm`;
   * where that is not to be had, a copy of it that is part of the script.
   */
  wasm?: WasmSource | undefined;
  /** Hears what the client does. Events hold no secrets and no bodies. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /**
   * Sends writes in a way that the browser itself cannot repeat: with a body that is a stream. Without it, browsers send a
   * request again when a reused connection dies before the answer begins, POSTs included. Needs Chromium and a server that
   * speaks HTTP/2; over HTTP/1.1 such a write fails before it is sent, as an {@link OutcomeUnknownError} all the same. Where
   * the browser has no request streams, and with http, writes go as usual, and the event `singleSendUnavailable` says so.
   * Default false.
   */
  singleSend?: boolean | undefined;
}

/** Options of a single call; they go before the client's own. */
export interface CallOptions {
  /**
   * Ends the call with an {@link AbortError}, or an {@link OutcomeUnknownError} once a write was sent. Arguments are
   * checked first: with a signal that is aborted already, a call validates and sends nothing.
   */
  signal?: AbortSignal | undefined;
  /** The limit of one attempt, headers and body, in ms. */
  timeoutMs?: number | undefined;
  /** How often a failed read is repeated; a write is not. */
  maxRetries?: number | undefined;
}

/** Options of {@link Tenants.topUp}. */
export interface TopUpOptions extends CallOptions {
  /**
   * Reads the tenant's balance before the top-up and after it: the receipt has both as `evidence`, and `reconcile()` can say
   * what became of a top-up whose answer was lost. When the balance before cannot be read, no money is sent; when the server
   * refuses the top-up and the balance has risen all the same, the outcome is unknown. Not for the wallet
   * `"SPK"`, whose balance the API does not show. Default false.
   */
  recordBalance?: boolean | undefined;
}

/** Options of {@link Tenants.waitUntilActive}. */
export interface WaitOptions extends CallOptions {
  /** How long to wait at most, in ms. Default 60,000. */
  deadlineMs?: number | undefined;
  /** How long to pause between two looks, in ms. Default 1,000. */
  intervalMs?: number | undefined;
  /** Hears of every look that found the tenant not active yet. */
  onProgress?: ((progress: ActivationProgress) => void) | undefined;
}

/** Options of {@link PartnerClient.request}. */
export interface RequestOptions extends CallOptions {
  /** Appended to the path, encoded. */
  query?: Record<string, string | number | boolean> | undefined;
  /** Sent as JSON; for POST only. */
  body?: unknown;
}

/** The tenants of a partner. Every method rejects with a {@link PartnerError}. */
export interface Tenants {
  /**
   * Creates a tenant: `POST /api/partner/tenant/add`. Not repeated by the SDK, unless it was refused for its token and so
   * never executed.
   *
   * @throws {@link ValidationError} before anything is sent; {@link ApiError} such as `email_registered`;
   * {@link OutcomeUnknownError} when nobody knows whether the tenant was created.
   */
  create(params: CreateTenantParams, options?: CallOptions): Promise<CreatedTenant>;
  /**
   * Lists tenants: `POST /api/partner/tenant/list`. Await it for one page, or iterate it for every tenant.
   * Nothing is sent until then.
   */
  list(params?: ListTenantsParams, options?: CallOptions): TenantPager;
  /** Shows one tenant: `GET /api/partner/tenant/info`. */
  get(id: string, options?: CallOptions): Promise<Tenant>;
  /**
   * Puts money on a tenant's balance: `POST /api/partner/tenant/update_balance`. Not repeated by the SDK, unless it was
   * refused for its token and so never executed.
   *
   * Identical calls of a client (e-mail address, amount, description, wallet) that are made while the first is under way, such
   * as by a double click, are one request with one result and the first call's options. It is cancelled only when all callers
   * have aborted. Different ones for the same e-mail address go one after the other, across tabs too where the browser has Web
   * Locks. An identical call that is made later is another top-up.
   *
   * With `recordBalance` it reads the balance too: `POST /api/partner/tenant/list`, `GET /api/partner/tenant/info`.
   *
   * @throws {@link ValidationError} before anything is sent; {@link ApiError} such as `access_denied`;
   * {@link OutcomeUnknownError} when nobody knows whether the money arrived: reconcile before another try;
   * {@link TimeoutError} when a top-up of the same tenant in another tab did not end in time: nothing was sent.
   */
  topUp(params: TopUpParams, options?: TopUpOptions): Promise<TopUpReceipt>;
  /**
   * Looks at a tenant until it is active: `GET /api/partner/tenant/info`, again and again.
   *
   * @throws {@link TimeoutError} when it was not active before `deadlineMs`.
   */
  waitUntilActive(id: string, options?: WaitOptions): Promise<Tenant>;
}

/**
 * A list of tenants that was not asked for yet. Await it for one page, or iterate it for every tenant from that page on.
 * It has `then` only; where a real promise is wanted, put it into an `async` function.
 * An iteration ends with a {@link ProtocolError} when the server repeats a page or promises pages without end.
 */
export interface TenantPager extends PromiseLike<TenantPage>, AsyncIterable<TenantSummary> {
  /** Page after page. */
  pages(): AsyncIterable<TenantPage>;
}

/** A connection to the partner API. */
export interface PartnerClient extends Disposable {
  /** The tenants of the partner whose token this is. */
  readonly tenants: Tenants;
  /**
   * Calls any other endpoint with the same token, envelope and errors, and resolves to the payload, unchecked. A GET is
   * repeated like every read; a POST is not, unless it was refused for its token.
   */
  request<T = unknown>(method: "GET" | "POST", path: string, init?: RequestOptions): Promise<T>;
  /** Calls in flight settle; later ones reject with a {@link ValidationError} of the field `client`. May be called again. */
  close(): void;
}

/** The error that the core's failure stands for; whatever else comes out of the core is its own fault. */
function toError(failure: unknown, core: Core): PartnerError {
  if (!isCoreFailure(failure)) {
    return new PartnerError({ code: "internal", message: "The SDK itself failed: please report it.", cause: failure });
  }
  if (failure.name !== "OutcomeUnknownError") return new CLASSES[failure.name](failure);
  const outcome = { ...failure, cause: toError(failure.cause, core) };
  return new OutcomeUnknownError(outcome, () => settle(core, core.reconcile(failure.ticket)));
}

/** Awaits the core; an `async` function, so that the stack of an error leads to the caller's own line. */
async function settle<T>(core: Core, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (failure) {
    throw toError(failure, core);
  }
}

/** JavaScript callers may pass anything, even what throws: the core says what is wrong with it. */
function look<K extends keyof ClientOptions>(options: ClientOptions, name: K): ClientOptions[K] | undefined {
  try {
    return options[name];
  } catch {
    return undefined;
  }
}

/**
 * Loads the WebAssembly core (once per page), checks the options and gives a client. Sends nothing to the API.
 *
 * @throws {@link ValidationError} for options that are not valid; {@link LoadError} when the core cannot be started.
 */
export async function connect(options: ClientOptions): Promise<PartnerClient> {
  await load(look(options, "wasm"), look(options, "language") === "vi" ? "vi" : "en");
  let core: Core;
  try {
    core = new Core(options);
  } catch (failure) {
    throw isCoreFailure(failure) ? new ValidationError(failure) : failure;
  }
  const client: Omit<PartnerClient, keyof Disposable> = {
    tenants: {
      create: (params, options) => settle(core, core.create(params, options)),
      list: (params, options) => pager(core, params, options),
      get: (id, options) => settle(core, core.get(id, options)),
      topUp: (params, options) => settle(core, core.topUp(params, options)),
      waitUntilActive: (id, options) => settle(core, core.waitUntilActive(id, options)),
    },
    request: <T>(method: "GET" | "POST", path: string, init?: RequestOptions) =>
      settle(core, core.request(method, path, init)) as Promise<T>,
    close: () => core.close(),
  };
  // Not every browser has the symbol yet.
  return Object.assign(client, Symbol.dispose && { [Symbol.dispose]: client.close }) as PartnerClient;
}

function pager(core: Core, params: ListTenantsParams | undefined, options: CallOptions | undefined): TenantPager {
  let first: Promise<TenantPage> | undefined;
  async function* pages(): AsyncGenerator<TenantPage, void, undefined> {
    const next = core.list(params, options);
    for (let page = await settle(core, next()); page; page = await settle(core, next())) yield page;
  }
  return {
    pages,
    then: (onFulfilled, onRejected) => {
      first ??= settle(core, core.list(params, options)() as Promise<TenantPage>);
      return first.then(onFulfilled, onRejected);
    },
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
  };
}
