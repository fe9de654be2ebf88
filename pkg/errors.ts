import type { ErrorName, Failure, Reconciliation, Rejection, ValidationIssue } from "./wasm/omicall_partner.js";

export type { Failure, ValidationIssue };

/** What {@link PartnerError.toJSON} returns: plain data that can be cloned, posted to another thread and written as JSON. */
export interface PartnerErrorJSON extends Omit<Failure, "cause"> {
  /** The name of the class. */
  name: AnyPartnerError["name"];
  /** See {@link PartnerError.attempts}. */
  attempts: number;
  /** See {@link PartnerError.retryable}. */
  retryable: boolean;
  /** The cause, unless nothing is known of it. */
  cause?: PartnerErrorJSON | ForeignErrorJSON;
}

/** What {@link PartnerErrorJSON} tells of a cause that is not an error of this package. Its message may hold secrets. */
export interface ForeignErrorJSON {
  /** The name of the class, such as `TypeError`. */
  name?: string;
  /** An error code, such as `ECONNREFUSED` in Node.js. */
  code?: string | number;
  /** An HTTP status. */
  status?: string | number;
  /** The cause of the cause. */
  cause?: PartnerErrorJSON | ForeignErrorJSON;
}

/** In the global registry, so that every copy of the package and every frame has the same one. */
const BRAND = Symbol.for("omicall-partner.error");

/**
 * The base class of every error of this package. `message` is one sentence that a person can act on. No error contains a password,
 * a token, an API key or a body.
 *
 * @example
 * ```ts
 * try {
 *   await omi.tenants.get(id);
 * } catch (error) {
 *   if (error instanceof PartnerError) console.error(error.code, error.message);
 * }
 * ```
 */
export class PartnerError extends Error {
  /** The name of the class, also in a minified build. */
  declare readonly name: string;
  /** The error code: the server's own, unchanged, where there is one. */
  readonly code: string;
  /** Method and path, such as `GET /api/partner/tenant/info`. */
  declare readonly endpoint?: string;
  /** The HTTP status of the response, if there was one. */
  declare readonly httpStatus?: number;
  /** The name of the server instance that responded. */
  declare readonly instanceId?: string;
  /** The number of requests that the SDK sent to `endpoint`; the browser may have sent more. */
  readonly attempts: number;
  /**
   * Whether the same call may simply be made again. After a top-up without `recordBalance` and a purchase without
   * `recordEvidence`, check the tenant first: the browser may have sent the request twice, and the response may belong to the second one.
   */
  readonly retryable: boolean;
  /** The error that caused this one, or the reason of the caller's signal. */
  declare readonly cause?: unknown;

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

  /**
   * All fields without the stack. Of a cause that is not an error of this package: its `name`, `code` and `status`, never its
   * message. The result can be cloned and posted, whatever the cause is.
   */
  toJSON(): PartnerErrorJSON {
    return toJSON(this, 0) as PartnerErrorJSON;
  }

  /**
   * Makes an error from what {@link PartnerError.toJSON} returned, for example in another thread: an instance of the same class, or
   * `undefined` for any other value. `reconcile` is called by {@link OutcomeUnknownError.reconcile}; without it, that method rejects
   * with the code `reconcile_unavailable`, because only the client that sent the write can reconcile it.
   *
   * @example
   * ```ts
   * worker.onmessage = ({ data }) => {
   *   const error = PartnerError.fromJSON(data);
   *   if (error) console.error(error.code, error.message);
   * };
   * ```
   */
  static fromJSON(json: unknown, reconcile?: () => Promise<Reconciliation>): AnyPartnerError | undefined {
    try {
      return fromJSON(json, reconcile ?? cannotReconcile, 0);
    } catch {
      return undefined; // An object that throws.
    }
  }
}

/** An argument is not valid; nothing was written. */
export class ValidationError extends PartnerError {
  /** Always `"ValidationError"`, in a minified build too. */
  declare readonly name: "ValidationError";
  /** Every argument that is not valid, with its first issue; unknown parameters come first. */
  readonly issues: readonly Readonly<ValidationIssue>[];

  constructor(failure: Failure) {
    super(failure);
    this.issues = failure.issues ?? [];
  }
}

/** The server refused the request. `code` is the server's error code. */
export class ApiError extends PartnerError {
  /** The name of the class, also in a minified build. */
  declare readonly name: "ApiError" | "AuthenticationError" | "RateLimitError";
}

/**
 * The server refused the token, or there is none: then `code` is `token_unavailable`, and `cause` is what the token function threw.
 * `retryable` is true where the token function failed because it could not reach your backend.
 */
export class AuthenticationError extends ApiError {
  /** Always `"AuthenticationError"`, in a minified build too. */
  declare readonly name: "AuthenticationError";
}

/** Too many requests (HTTP 429). */
export class RateLimitError extends ApiError {
  /** Always `"RateLimitError"`, in a minified build too. */
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
  /** Always `"ServerError"`, in a minified build too. */
  declare readonly name: "ServerError";
}

/** There was no response: offline, DNS, CORS, or the connection was lost. Browsers do not tell a page which. */
export class NetworkError extends PartnerError {
  /** Always `"NetworkError"`, in a minified build too. */
  declare readonly name: "NetworkError";
}

/** A timeout elapsed. */
export class TimeoutError extends PartnerError {
  /** Always `"TimeoutError"`, in a minified build too. */
  declare readonly name: "TimeoutError";
}

/** The caller's signal ended the call; `cause` is its reason. */
export class AbortError extends PartnerError {
  /** Always `"AbortError"`, in a minified build too. */
  declare readonly name: "AbortError";
}

/**
 * A successful response that does not match the API's contract, or a value of an injected `fetch` that is not an unread response: then
 * `path` starts with `response`.
 */
export class ProtocolError extends PartnerError {
  /** Always `"ProtocolError"`, in a minified build too. */
  declare readonly name: "ProtocolError";
  /** The place, such as `payload.items[3].balance` or `response.status`; empty for the body as a whole. */
  readonly path: string;
  /** The type that the contract requires, such as `number`. */
  readonly expected: string;
  /** The type of the actual value, such as `string`; never the value itself. */
  readonly actual: string;

  constructor(failure: Failure) {
    super(failure);
    this.path = failure.path ?? "";
    this.expected = failure.expected ?? "";
    this.actual = failure.actual ?? "";
  }
}

/**
 * A write was sent, and it is unknown whether it took effect. Do not send it again: call {@link OutcomeUnknownError.reconcile} first.
 *
 * @example
 * ```ts
 * if (error instanceof OutcomeUnknownError) {
 *   const { outcome } = await error.reconcile();
 *   if (outcome === "applied") console.log("It took effect.");
 * }
 * ```
 */
export class OutcomeUnknownError extends PartnerError {
  /** Always `"OutcomeUnknownError"`, in a minified build too. */
  declare readonly name: "OutcomeUnknownError";
  /** `tenants.create`, `tenants.topUp`, `packages.upgrade`, `packages.extend`, `numbers.buy` or `request`. */
  readonly operation: string;
  /** When the request was sent: epoch ms. */
  readonly startedAt: number;
  readonly #reconcile: () => Promise<Reconciliation>;

  constructor(failure: Failure, reconcile: () => Promise<Reconciliation>) {
    super(failure);
    this.operation = failure.operation ?? "";
    this.startedAt = failure.startedAt ?? 0;
    this.#reconcile = reconcile;
  }

  /**
   * Asks the server for the outcome of the write. After `tenants.create` it searches for a tenant with exactly this e-mail
   * address (`POST /api/partner/tenant/list`). After `tenants.topUp` it reads the balance (`GET /api/partner/tenant/info`); after
   * `packages.upgrade`, `packages.extend` and `numbers.buy` it reads the tenant and the partner's balance (`GET /api/partner/me`). That
   * is conclusive only if the state before is known: see {@link TopUpOptions.recordBalance} and {@link PurchaseOptions.recordEvidence}.
   * Otherwise, and after `request`, the outcome is `"inconclusive"`. Also works after `close()`, and may be called again.
   */
  reconcile(): Promise<Reconciliation> {
    return this.#reconcile();
  }
}

/** The WebAssembly core could not be started. */
export class LoadError extends PartnerError {
  /** Always `"LoadError"`, in a minified build too. */
  declare readonly name: "LoadError";
  /** The reason. Only `wasm_unsupported` cannot be retried. */
  declare readonly code: "wasm_not_found" | "wasm_blocked_by_csp" | "wasm_unsupported" | "wasm_invalid";
}

/** The classes by the names that the core reports. */
export const CLASSES = {
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
} satisfies Record<Exclude<ErrorName, "OutcomeUnknownError">, typeof PartnerError>;

const FACTORIES = { ...CLASSES, LoadError };

// A minifier changes the names of classes, so `name` is a literal.
for (const [name, value] of Object.entries({ ...FACTORIES, OutcomeUnknownError })) {
  Object.defineProperty(value.prototype, "name", { value: name, configurable: true, writable: true });
}
Object.defineProperty(PartnerError.prototype, BRAND, { value: true });

/**
 * Every error of this package as a union with `name` as its tag: the result of {@link isPartnerError}.
 */
export type AnyPartnerError =
  | ValidationError
  | (ApiError & { readonly name: "ApiError" })
  | AuthenticationError
  | RateLimitError
  | ServerError
  | NetworkError
  | TimeoutError
  | AbortError
  | ProtocolError
  | OutcomeUnknownError
  | LoadError
  | (PartnerError & { readonly name: "PartnerError" });

/**
 * Whether a value is an error of this package, also one of another copy of the package or of another frame, which `instanceof` does
 * not recognise. After it, `switch (error.name)` narrows to the classes. What {@link PartnerError.toJSON} returned is not an error:
 * see {@link PartnerError.fromJSON}.
 */
export function isPartnerError(value: unknown): value is AnyPartnerError {
  try {
    return typeof value === "object" && value !== null && BRAND in value;
  } catch {
    return false; // A proxy that throws.
  }
}

const FIELDS = [
  "name",
  "code",
  "message",
  "endpoint",
  "httpStatus",
  "instanceId",
  "attempts",
  "retryable",
  "retryAfterMs",
  "path",
  "expected",
  "actual",
  "operation",
  "startedAt",
] as const satisfies readonly (keyof PartnerErrorJSON)[];
const FOREIGN_FIELDS = ["name", "code", "status"] as const satisfies readonly (keyof ForeignErrorJSON)[];

/** The cause of a cause of a cause may lead back to the first error. */
const MAX_CAUSES = 5;

/** `undefined` for a value without any of the fields. */
function toJSON(error: object, depth: number): PartnerErrorJSON | ForeignErrorJSON | undefined {
  const isOurs = isPartnerError(error);
  const json: Record<string, unknown> = {};
  for (const field of isOurs ? FIELDS : FOREIGN_FIELDS) {
    const value = look(error, field);
    if (isOurs ? /^(string|number|boolean)$/.test(typeof value) : isCode(value)) json[field] = value;
  }
  const issues = look(error, "issues");
  // Copies, which nobody else changes.
  if (isOurs && Array.isArray(issues)) json["issues"] = issues.map((issue) => ({ ...issue }));
  const cause = look(error, "cause");
  if (typeof cause === "object" && cause !== null && depth < MAX_CAUSES) {
    const causeJSON = toJSON(cause, depth + 1);
    if (causeJSON) json["cause"] = causeJSON;
  }
  return Object.keys(json).length > 0 ? (json as ForeignErrorJSON) : undefined;
}

function fromJSON(json: unknown, reconcile: () => Promise<Reconciliation>, depth: number): AnyPartnerError | undefined {
  if (depth > MAX_CAUSES || !isPartnerErrorJSON(json)) return undefined;
  const { name, cause, ...failure } = json;
  const revived = cause && { cause: fromJSON(cause, cannotReconcile, depth + 1) ?? cause };
  if (name === "OutcomeUnknownError") return new OutcomeUnknownError({ ...failure, ...revived }, reconcile);
  return new FACTORIES[name]({ ...failure, ...revived }) as AnyPartnerError;
}

/** Any other text is no name and no code, and may be a person's name or a secret. */
const isCode = (value: unknown) =>
  typeof value === "number" || (typeof value === "string" && /^[\w.-]{1,64}$/.test(value));

/** A field; `undefined` where a getter or a proxy throws. */
export function look(value: object, field: string): unknown {
  try {
    return (value as Record<string, unknown>)[field];
  } catch {
    return undefined;
  }
}

function isPartnerErrorJSON(value: unknown): value is PartnerErrorJSON {
  if (typeof value !== "object" || value === null || isPartnerError(value)) return false;
  const name = look(value, "name");
  const isKnown = name === "OutcomeUnknownError" || (typeof name === "string" && Object.hasOwn(FACTORIES, name));
  return (
    isKnown &&
    typeof look(value, "code") === "string" &&
    typeof look(value, "message") === "string" &&
    typeof look(value, "attempts") === "number" &&
    typeof look(value, "retryable") === "boolean"
  );
}

const cannotReconcile = (): Promise<never> =>
  Promise.reject(
    new PartnerError({
      code: "reconcile_unavailable",
      message: "This error comes from another thread: reconcile it there, with the client that sent the write.",
    }),
  );

/** Whether a value is a rejection of the core, and not an exception inside it. */
export function isRejection(value: unknown): value is Rejection {
  const name = typeof value === "object" && value !== null && look(value, "name");
  return (
    typeof name === "string" &&
    (name === "OutcomeUnknownError" || Object.hasOwn(CLASSES, name)) &&
    look(value as object, "failure") !== undefined
  );
}
