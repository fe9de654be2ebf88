import type { ErrorName, Failure, Reconciliation, Rejection, ValidationIssue } from "./wasm/omicall_partner.js";

export type { Failure, ValidationIssue };

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
   * Whether the same call may simply be made again. After a top-up without `recordBalance`, check the balance first: the
   * browser may have sent the top-up twice, and the response may belong to the second request.
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

  /** All fields without the cause and the stack. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
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
  /** `tenants.create`, `tenants.topUp` or `request`. */
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
   * address (`POST /api/partner/tenant/list`). After `tenants.topUp` it reads the balance (`GET /api/partner/tenant/info`), which
   * is conclusive only if the balance before is known: see {@link TopUpOptions.recordBalance}. Otherwise, and after `request`, the
   * outcome is `"inconclusive"`. Also works after `close()`, and may be called again.
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

const ERRORS: Readonly<Record<AnyPartnerError["name"], typeof PartnerError | typeof OutcomeUnknownError>> = {
  ...CLASSES,
  OutcomeUnknownError,
  LoadError,
};

// A minifier changes the names of classes, so `name` is a literal.
for (const [name, value] of Object.entries(ERRORS)) {
  Object.defineProperty(value.prototype, "name", { value: name, configurable: true, writable: true });
}

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
 * Whether a value is an error of this package, also one of another copy of the package, which `instanceof` does not
 * recognise. After it, `switch (error.name)` narrows to the classes.
 */
export function isPartnerError(value: unknown): value is AnyPartnerError {
  if (value instanceof PartnerError) return true;
  const known = value instanceof Error && Object.hasOwn(ERRORS, value.name);
  return known && "attempts" in value && "retryable" in value && "code" in value && typeof value.code === "string";
}

/** Whether a value is a rejection of the core, and not an exception inside it. */
export const isRejection = (value: unknown): value is Rejection =>
  typeof value === "object" && value !== null && "failure" in value;
