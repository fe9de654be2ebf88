/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The OMICall partner API for the browser: create, list, show and top up business accounts (tenants).
 *
 * @packageDocumentation
 */
import init, { Core } from "./wasm/omicall_partner.js";
import type {
  ActivationProgress,
  ClientEvent,
  CreatedTenant,
  CreateTenantParams,
  ListTenantsParams,
  Reconciliation,
  Tenant,
  TenantPage,
  TenantSummary,
  TopUpParams,
  TopUpReceipt,
} from "./wasm/omicall_partner.js";

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

/** The language of error messages. */
export type Language = "en" | "vi";

/** Where the WebAssembly core comes from. */
export type WasmSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

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
  /** The WebAssembly core, for the first `connect` of a page. Default: `../wasm/omicall_partner_bg.wasm`, seen from this script. */
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
export interface RequestInit extends CallOptions {
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
  readonly tenants: Tenants;
  /**
   * Calls any other endpoint with the same token, envelope and errors, and resolves to the payload, unchecked. A GET is
   * repeated like every read; a POST is not, unless it was refused for its token.
   */
  request<T = unknown>(method: "GET" | "POST", path: string, init?: RequestInit): Promise<T>;
  /** Calls in flight settle; later ones reject with a {@link ValidationError} of the field `client`. May be called again. */
  close(): void;
}

/** One fault of one argument. */
export interface ValidationIssue {
  /** The argument's name. */
  readonly field: string;
  /** The server's own code for the same fault, such as `email_invalid`; `unknown_parameter` for a name nobody knows. */
  readonly code: string;
  /** One sentence, in the client's language. */
  readonly message: string;
}

/** What an error is made of. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly endpoint?: string;
  readonly httpStatus?: number;
  readonly instanceId?: string;
  readonly attempts?: number;
  readonly retryable?: boolean;
  readonly cause?: unknown;
  readonly issues?: readonly ValidationIssue[];
  readonly retryAfterMs?: number;
  readonly path?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly operation?: string;
  readonly startedAt?: number;
}

/**
 * Whatever a call rejects with. `message` is one sentence that a person can act on; no error holds a password, a token,
 * an API key or a body.
 */
export class PartnerError extends Error {
  /** What went wrong, for programs: the server's own word, unchanged, where there is one. */
  readonly code: string;
  /** Method and path, such as `GET /api/partner/tenant/info`. */
  declare readonly endpoint?: string;
  declare readonly httpStatus?: number;
  /** The server that answered, as it names itself. */
  declare readonly instanceId?: string;
  /** How many requests the SDK sent to `endpoint`; the browser may have sent more. */
  readonly attempts: number;
  /**
   * Whether the same call may simply be made again. After a top-up without `recordBalance`, look at the balance first: the
   * browser may have sent it twice, and the answer may be about the second one.
   */
  readonly retryable: boolean;

  constructor(failure: Failure) {
    const { code, message, endpoint, httpStatus, instanceId, attempts = 0, retryable = false, cause } = failure;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.attempts = attempts;
    this.retryable = retryable;
    if (endpoint !== undefined) this.endpoint = endpoint;
    if (httpStatus !== undefined) this.httpStatus = httpStatus;
    if (instanceId !== undefined) this.instanceId = instanceId;
  }

  /** Every field but the cause and the stack. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/** An argument is not valid; nothing was written. */
export class ValidationError extends PartnerError {
  declare readonly name: "ValidationError";
  /** Every argument that is not valid, with its first fault; names that nobody knows come first. */
  readonly issues: readonly ValidationIssue[];

  constructor(failure: Failure) {
    super(failure);
    this.issues = failure.issues ?? [];
  }
}

/** The server refused the call. `code` is its own word for why. */
export class ApiError extends PartnerError {
  declare readonly name: "ApiError" | "AuthenticationError" | "RateLimitError";
}

/** The token was refused, or there is none: then `code` is `token_unavailable` and `cause` what the token function threw. */
export class AuthenticationError extends ApiError {
  declare readonly name: "AuthenticationError";
}

/** Too many requests. */
export class RateLimitError extends ApiError {
  declare readonly name: "RateLimitError";
  /** How long the server asks to wait, in ms. */
  declare readonly retryAfterMs?: number;

  constructor(failure: Failure) {
    super(failure);
    if (failure.retryAfterMs !== undefined) this.retryAfterMs = failure.retryAfterMs;
  }
}

/** The server failed (HTTP 5xx). */
export class ServerError extends PartnerError {
  declare readonly name: "ServerError";
}

/** There was no response: offline, DNS, CORS, or the connection was lost. Browsers do not tell pages which. */
export class NetworkError extends PartnerError {
  declare readonly name: "NetworkError";
}

/** A time limit ran out. */
export class TimeoutError extends PartnerError {
  declare readonly name: "TimeoutError";
}

/** The caller's signal ended the call; `cause` is its reason. */
export class AbortError extends PartnerError {
  declare readonly name: "AbortError";
}

/** A successful answer that is not what the contract says. */
export class ProtocolError extends PartnerError {
  declare readonly name: "ProtocolError";
  /** Where, such as `payload.items[3].balance`; empty for the response as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;

  constructor(failure: Failure) {
    super(failure);
    this.path = failure.path ?? "";
    this.expected = failure.expected ?? "";
    this.actual = failure.actual ?? "";
  }
}

/** A write was sent, and nobody knows whether it took effect. Do not simply send it again: reconcile first. */
export class OutcomeUnknownError extends PartnerError {
  declare readonly name: "OutcomeUnknownError";
  /** `tenants.create`, `tenants.topUp` or `request`. */
  readonly operation: string;
  /** When it was sent: epoch ms. */
  readonly startedAt: number;
  readonly #reconcile: () => Promise<Reconciliation>;

  constructor(failure: Failure, reconcile: () => Promise<Reconciliation>) {
    super(failure);
    this.operation = failure.operation ?? "";
    this.startedAt = failure.startedAt ?? 0;
    this.#reconcile = reconcile;
  }

  /**
   * Asks the server what became of the write. After `tenants.create` it looks for a tenant with exactly this e-mail address
   * (`POST /api/partner/tenant/list`). After `tenants.topUp` it reads the balance (`GET /api/partner/tenant/info`), which tells
   * only if the balance before is known: see {@link TopUpOptions.recordBalance}. Otherwise, and after `request`, the outcome is
   * `"inconclusive"`. Works after `close()` too, and may be called again.
   */
  reconcile(): Promise<Reconciliation> {
    return this.#reconcile();
  }
}

/** The WebAssembly core could not be started. */
export class LoadError extends PartnerError {
  declare readonly name: "LoadError";
  declare readonly code: "wasm_not_found" | "wasm_blocked_by_csp" | "wasm_unsupported" | "wasm_invalid";
}

/** The classes by the name that the core gives; also what keeps `name` true in a minified build. */
const CLASSES = {
  PartnerError,
  ValidationError,
  ApiError,
  AuthenticationError,
  RateLimitError,
  ServerError,
  NetworkError,
  TimeoutError,
  AbortError,
  ProtocolError,
  LoadError,
};

for (const [name, value] of Object.entries({ ...CLASSES, OutcomeUnknownError })) {
  Object.defineProperty(value.prototype, "name", { value: name, configurable: true, writable: true });
}

/** A failure as the core reports it. */
interface CoreFailure extends Failure {
  readonly name: keyof typeof CLASSES | "OutcomeUnknownError";
  readonly ticket?: unknown;
}

function isCoreFailure(value: unknown): value is CoreFailure {
  return (
    typeof value === "object" && value !== null && "code" in value && "attempts" in value && !(value instanceof Error)
  );
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

const LOAD_FAILURES = {
  wasm_not_found: [
    "The WebAssembly file could not be loaded: check that omicall_partner_bg.wasm is served and that connect-src allows it, or say with the wasm option where it is.",
    "Không tải được tệp WebAssembly: hãy kiểm tra máy chủ có cung cấp omicall_partner_bg.wasm không và CSP connect-src có cho phép không, hoặc chỉ ra vị trí bằng tùy chọn wasm.",
  ],
  wasm_blocked_by_csp: [
    "The page's Content Security Policy blocks WebAssembly: add 'wasm-unsafe-eval' to script-src.",
    "Content Security Policy của trang chặn WebAssembly: hãy thêm 'wasm-unsafe-eval' vào script-src.",
  ],
  wasm_unsupported: [
    "This browser has no WebAssembly: use a newer one.",
    "Trình duyệt này không hỗ trợ WebAssembly: hãy dùng phiên bản mới hơn.",
  ],
  wasm_invalid: [
    "The WebAssembly file is damaged or of another version: deploy the one from this package.",
    "Tệp WebAssembly bị hỏng hoặc khác phiên bản: hãy triển khai đúng tệp của gói này.",
  ],
} as const;

function loadError(code: keyof typeof LOAD_FAILURES, language: Language, cause?: unknown): LoadError {
  const [en, vi] = LOAD_FAILURES[code];
  return new LoadError({ code, message: language === "vi" ? vi : en, retryable: code !== "wasm_unsupported", cause });
}

/** How long the file may take: without a limit, one lost request would hang every `connect` of the page. */
const LOAD_TIMEOUT_MS = 60_000;

let loading: Promise<unknown> | undefined;

/** Loads the core once per page; a failure is not remembered. */
function load(source: WasmSource | undefined, language: Language): Promise<unknown> {
  loading ??= start(source, language).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(source: WasmSource | undefined, language: Language): Promise<void> {
  if (typeof WebAssembly !== "object") throw loadError("wasm_unsupported", language);
  try {
    const module = await compile(source, language);
    // The glue would keep another module's instance for ever.
    const isCore = WebAssembly.Module.exports(module).some(({ name }) => name === "core_new");
    if (!isCore) throw new Error("The module is not the core of this package.");
    await init({ module_or_path: module });
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const blocked = /content security policy|unsafe-eval|\bcsp\b/i.test(String(error));
    throw loadError(blocked ? "wasm_blocked_by_csp" : "wasm_invalid", language, error);
  }
}

async function compile(source: WasmSource | undefined, language: Language): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  // By its tag: a buffer of another frame is of another class.
  if (Object.prototype.toString.call(source) === "[object ArrayBuffer]") {
    return WebAssembly.compile(source as ArrayBuffer);
  }
  // Chromium compiles no DataView.
  if (ArrayBuffer.isView(source))
    return WebAssembly.compile(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  // Bundlers look for exactly this expression and bring the file along.
  const built = new URL("../wasm/omicall_partner_bg.wasm", import.meta.url);
  const place = typeof source === "string" && source.startsWith("file:") ? new URL(source) : (source ?? built);
  if (place instanceof URL && place.protocol === "file:") return WebAssembly.compile(await readFile(place, language));
  const response = await fetchWasm(place as string | URL | Request | Response, language);
  const type = response.headers.get("content-type") ?? "";
  // Streaming wants exactly this type; any other way works with every type.
  if (type.trim().toLowerCase() === "application/wasm" && typeof WebAssembly.compileStreaming === "function") {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  // A page instead of a file: what many servers answer for a path that is not there.
  if (/html/i.test(type) || bytes[0] === 0x3c) throw loadError("wasm_not_found", language);
  return WebAssembly.compile(bytes);
}

async function fetchWasm(place: string | URL | Request | Response, language: Language): Promise<Response> {
  let response: Response;
  try {
    response = place instanceof Response ? place : await fetch(place, { signal: AbortSignal.timeout(LOAD_TIMEOUT_MS) });
  } catch (error) {
    throw loadError("wasm_not_found", language, error);
  }
  if (!response.ok) throw loadError("wasm_not_found", language, new Error(`HTTP ${response.status}`));
  return response;
}

/** Node's `fetch` knows no `file:`. */
async function readFile(place: URL, language: Language): Promise<BufferSource> {
  try {
    const { process } = globalThis as { process?: { getBuiltinModule?(id: string): unknown } };
    const fs = process?.getBuiltinModule?.("node:fs/promises") as { readFile(path: URL): Promise<BufferSource> };
    return await fs.readFile(place);
  } catch (error) {
    throw loadError("wasm_not_found", language, error);
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
    request: <T>(method: "GET" | "POST", path: string, init?: RequestInit) =>
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
