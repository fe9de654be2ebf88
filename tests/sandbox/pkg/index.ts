/**
 * A sandbox of the OMICall partner API, in the same process: for tests, examples and demos. It answers like the provider's server,
 * with sample data that it keeps in memory, and injects faults on request. Nothing is sent over a network.
 *
 * @packageDocumentation
 */
import type {
  ClearedFaults,
  ExpiredTokens,
  Fault,
  FaultReport,
  InProcess,
  ReceivedRequest,
  ResetResult,
  SandboxSettings,
  SandboxState,
  SandboxTime,
  TenantState,
} from "./wasm/omicall_sandbox.js";

export type {
  ClearedFaults,
  ErrorBody,
  ExpiredAs,
  ExpiredTokens,
  Fault,
  FaultEndpoint,
  FaultKind,
  FaultReport,
  Purchase,
  PurchasedItem,
  ReceivedRequest,
  ResetResult,
  SandboxSettings,
  SandboxState,
  SandboxTime,
  TenantState,
  TopUp,
  Wallet,
} from "./wasm/omicall_sandbox.js";

/**
 * The options of {@link createSandbox}: those of the program `omicall-partner-sandbox`, and two for its `fetch`. By default there are 120
 * tenants of the seed 1, whose partner has the key `sandbox-partner-key`; tokens live 24 hours; an activation takes 3,000 to
 * 10,000 ms; a refused token is an HTTP 401; the clock is that of the machine. The dates of the tenants and numbers are relative
 * to the day on which the sandbox is created or reset; with `now` they are always the same.
 */
export interface SandboxOptions extends SandboxSettings {
  /**
   * The origin of the sandbox's address. No request is sent to it.
   *
   * @defaultValue `"https://sandbox.invalid"`
   */
  origin?: string | undefined;
  /**
   * What {@link Sandbox.fetch} does with a request for another origin: `"refuse"` rejects with a {@link SandboxError}, `"fetch"` passes
   * it on to the `fetch` of the page or of Node.js.
   *
   * @defaultValue `"refuse"`
   */
  otherOrigins?: "refuse" | "fetch" | undefined;
}

/** What was wrong with an option, an argument or a request. The message begins with the name of the field. */
export class SandboxError extends Error {
  /** `"SandboxError"`. */
  override readonly name = "SandboxError";
  /** What was wrong. */
  readonly code: "invalid_option" | "invalid_argument" | "not_found" | "other_origin" | "no_token" | "unsupported";

  constructor(code: SandboxError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** A sandbox. Its functions can be passed on without it: `connect({ baseUrl, token: sandbox.token, fetch: sandbox.fetch })`. */
export interface Sandbox {
  /** The address for `connect`: the origin and the base path. */
  readonly baseUrl: string;
  /** Gets a token for the partner's key from `GET /api/auth`. */
  readonly token: () => Promise<string>;
  /**
   * `fetch` for requests to {@link Sandbox.baseUrl}. Like a page's `fetch` it rejects with a `TypeError` where the connection is cut or CORS
   * does not allow the page, and with the signal's reason when it is aborted. Unlike it, it sends no preflights, does not follow
   * redirects, and hides no response headers.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Answers a request as a server does; the origin of its address is ignored. For Mock Service Worker, Playwright's `route`, a service
   * worker, and servers that take a `Request` and return a `Response`.
   */
  readonly handle: (request: Request) => Promise<Response>;
  /** Restores the initial state: tenants, balances, numbers and the clock; no tokens, no faults, no requests. */
  readonly reset: () => Promise<ResetResult>;
  /** Invalidates all tokens issued so far. */
  readonly expireTokens: () => Promise<ExpiredTokens>;
  /**
   * Moves the clock forward: everything that ends before the new time has ended then (activations, tokens, delays). At most
   * 4,294,967,295 ms, 49 days.
   */
  readonly advance: (ms: number) => Promise<SandboxTime>;
  /** Adds a fault. For each request, the oldest fault that matches and is not used up is injected. */
  readonly addFault: (fault: Fault) => Promise<FaultReport>;
  /** The faults, oldest first, including used-up ones. */
  readonly faults: () => Promise<FaultReport[]>;
  /** Removes all faults. */
  readonly clearFaults: () => Promise<ClearedFaults>;
  /** The balances, top-ups and purchases of the tenant with this e-mail address. A {@link SandboxError} if there is none. */
  readonly tenant: (email: string) => Promise<TenantState>;
  /** The latest 100,000 API requests in order of arrival. */
  readonly requests: () => Promise<ReceivedRequest[]>;
  /** The number of requests per endpoint, and the number of tenants. */
  readonly state: () => Promise<SandboxState>;
  /** The tenants, balances, numbers and the clock as a text, for {@link Sandbox.restore}. */
  readonly snapshot: () => Promise<string>;
  /**
   * Replaces the data by that of a snapshot, which can be of another sandbox; its dates do not change. Tokens, faults and the requests
   * stay.
   */
  readonly restore: (snapshot: string) => Promise<ResetResult>;
}

/** What jest's jsdom lacks. */
const NEEDED = ["TextDecoder", "TextEncoder", "Request", "Response"];

/**
 * Creates a sandbox. Several sandboxes do not share data. A sandbox keeps a process of Node.js alive only while a delay of a response runs.
 *
 * @throws {@link SandboxError} that names an unknown or invalid option, or what the environment lacks.
 *
 * @example
 * ```ts
 * const sandbox = await createSandbox({ tenants: 500, seed: 7 });
 * const omi = await connect({ baseUrl: sandbox.baseUrl, token: sandbox.token, fetch: sandbox.fetch });
 * ```
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { origin = "https://sandbox.invalid", otherOrigins = "refuse", ...settings } = options;
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new SandboxError(
      "invalid_option",
      "origin: expected an origin without a path, such as https://api.example.com",
    );
  if (otherOrigins !== "refuse" && otherOrigins !== "fetch")
    throw new SandboxError("invalid_option", 'otherOrigins: expected "refuse" or "fetch"');
  const missing = NEEDED.filter((name) => !(name in globalThis));
  if (missing.length > 0)
    throw new SandboxError(
      "unsupported",
      `This environment has no ${missing.join(", ")}: use a current browser or Node.js; for jest, see the testing guide.`,
    );
  const { InProcess, load } = await import("./core.js");
  await load();
  let core: InProcess;
  try {
    core = new InProcess(toJson(settings, "invalid_option"));
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    // The core does not know the options that are for `fetch`, so they are not in its list.
    const others = String(error).includes("unknown field") ? ", `origin`, `otherOrigins`" : "";
    throw new SandboxError("invalid_option", `${error}${others}`);
  }
  // Where there is no page, CORS allows the request as it would allow that of a page.
  const pageOrigin = (globalThis.location as Location | undefined)?.origin ?? options.allowOrigin?.[0] ?? origin;
  return sandboxOf(core, { origin, pageOrigin, passesOthersOn: otherOrigins === "fetch" });
}

/** As JSON, which has neither `NaN` nor integers of another type. */
function toJson(value: object, code: SandboxError["code"]): string {
  return JSON.stringify(value, (name, value: unknown) => {
    if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value)))
      throw new SandboxError(code, `${name}: expected a finite number`);
    return value;
  });
}

interface FetchSettings {
  origin: string;
  pageOrigin: string;
  passesOthersOn: boolean;
}

function sandboxOf(core: InProcess, { origin, pageOrigin, passesOthersOn }: FetchSettings): Sandbox {
  const baseUrl = origin + core.basePath;

  /** Calls an admin route. */
  async function admin(path: string, body?: string): Promise<string> {
    const init = body === undefined ? {} : { method: "POST", body };
    const response = await core.admin(new Request(`${origin}/sandbox/${path}`, init));
    const text = await response.text();
    if (!response.ok)
      throw new SandboxError(response.status === 404 ? "not_found" : "invalid_argument", JSON.parse(text).error);
    return text;
  }
  const read = async <T>(path: string): Promise<T> => JSON.parse(await admin(path));
  const post = async <T>(path: string, body: object = {}): Promise<T> =>
    JSON.parse(await admin(path, toJson(body, "invalid_argument")));

  async function token(): Promise<string> {
    const parameters = new URLSearchParams({ apiKey: core.apiKey });
    const response = await core.handle(new Request(`${baseUrl}/api/auth?${parameters}`));
    const text = await response.text();
    let message = `HTTP ${response.status}`;
    try {
      const answer: { payload?: { access_token?: unknown }; message?: string } = JSON.parse(text);
      if (typeof answer.payload?.access_token === "string") return answer.payload.access_token;
      message = answer.message ?? message;
    } catch {
      // A fault: the response is not JSON.
    }
    throw new SandboxError("no_token", `The sandbox gave no token: ${message}.`);
  }

  async function fetchHere(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const page = globalThis.location as Location | undefined;
    const url = new URL(typeof input === "object" && "url" in input ? input.url : input, page?.href);
    if (url.origin !== origin) {
      if (passesOthersOn) return fetch(input, init);
      throw new SandboxError(
        "other_origin",
        `${url.href} is not an address of the sandbox, ${baseUrl}; see the option otherOrigins.`,
      );
    }
    const request = new Request(input, init);
    const response = await core.handle(request, pageOrigin);
    if (!response.headers.has("access-control-allow-origin"))
      throw new TypeError(`The response of ${url.href} has no CORS headers for this page.`);
    if (response.headers.has("location") && request.redirect !== "manual")
      throw new TypeError(`The response of ${url.href} is a redirect, which the sandbox's fetch does not follow.`);
    return response;
  }

  return {
    baseUrl,
    token,
    fetch: fetchHere,
    handle: (request) => core.handle(request),
    reset: () => post("reset"),
    expireTokens: () => post("expire_tokens"),
    advance: (ms) => post("advance", { ms }),
    addFault: (fault) => post("faults", fault),
    faults: () => read("faults"),
    clearFaults: () => post("clear_faults"),
    tenant: (email) => read(`tenant?${new URLSearchParams({ email })}`),
    requests: () => read("requests"),
    state: () => read("state"),
    snapshot: () => admin("snapshot"),
    restore: async (snapshot) => JSON.parse(await admin("restore", String(snapshot))),
  };
}
