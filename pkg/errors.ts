import type { Reconciliation } from "./wasm/omicall_partner.js";

/** One fault of one argument. */
export interface ValidationIssue {
  /** The argument's name. */
  readonly field: string;
  /** The server's own code for the same fault, such as `email_invalid`; `unknown_parameter` for a name nobody knows. */
  readonly code: string;
  /** One sentence, in the client's language. */
  readonly message: string;
}

/** What an error is made of: see the fields of the same names of the error classes. */
export interface Failure {
  /** See {@link PartnerError.code}. */
  readonly code: string;
  /** One sentence that a person can act on. */
  readonly message: string;
  /** See {@link PartnerError.endpoint}. */
  readonly endpoint?: string;
  /** See {@link PartnerError.httpStatus}. */
  readonly httpStatus?: number;
  /** See {@link PartnerError.instanceId}. */
  readonly instanceId?: string;
  /** See {@link PartnerError.attempts}; 0 by default. */
  readonly attempts?: number;
  /** See {@link PartnerError.retryable}; false by default. */
  readonly retryable?: boolean;
  /** See {@link PartnerError.cause}. */
  readonly cause?: unknown;
  /** See {@link ValidationError.issues}. */
  readonly issues?: readonly ValidationIssue[];
  /** See {@link RateLimitError.retryAfterMs}. */
  readonly retryAfterMs?: number;
  /** See {@link ProtocolError.path}. */
  readonly path?: string;
  /** See {@link ProtocolError.expected}. */
  readonly expected?: string;
  /** See {@link ProtocolError.actual}. */
  readonly actual?: string;
  /** See {@link OutcomeUnknownError.operation}. */
  readonly operation?: string;
  /** See {@link OutcomeUnknownError.startedAt}. */
  readonly startedAt?: number;
}

/**
 * Whatever a call rejects with. `message` is one sentence that a person can act on; no error holds a password, a token,
 * an API key or a body.
 */
export class PartnerError extends Error {
  /** The name of the very class, in a minified build too. */
  declare readonly name: string;
  /** What went wrong, for programs: the server's own word, unchanged, where there is one. */
  readonly code: string;
  /** Method and path, such as `GET /api/partner/tenant/info`. */
  declare readonly endpoint?: string;
  /** The HTTP status of the answer, if there was one. */
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
  /** What is behind it: another error, or the reason of the caller's signal. */
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

  /** Every field but the cause and the stack. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/** An argument is not valid; nothing was written. */
export class ValidationError extends PartnerError {
  /** Always `"ValidationError"`, in a minified build too. */
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
  /** The name of the very class, in a minified build too. */
  declare readonly name: "ApiError" | "AuthenticationError" | "RateLimitError";
}

/** The token was refused, or there is none: then `code` is `token_unavailable` and `cause` what the token function threw. */
export class AuthenticationError extends ApiError {
  /** Always `"AuthenticationError"`, in a minified build too. */
  declare readonly name: "AuthenticationError";
}

/** Too many requests. */
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

/** There was no response: offline, DNS, CORS, or the connection was lost. Browsers do not tell pages which. */
export class NetworkError extends PartnerError {
  /** Always `"NetworkError"`, in a minified build too. */
  declare readonly name: "NetworkError";
}

/** A time limit ran out. */
export class TimeoutError extends PartnerError {
  /** Always `"TimeoutError"`, in a minified build too. */
  declare readonly name: "TimeoutError";
}

/** The caller's signal ended the call; `cause` is its reason. */
export class AbortError extends PartnerError {
  /** Always `"AbortError"`, in a minified build too. */
  declare readonly name: "AbortError";
}

/** A successful answer that is not what the contract says. */
export class ProtocolError extends PartnerError {
  /** Always `"ProtocolError"`, in a minified build too. */
  declare readonly name: "ProtocolError";
  /** Where, such as `payload.items[3].balance`; empty for the response as a whole. */
  readonly path: string;
  /** What the contract says should be there, such as `number`. */
  readonly expected: string;
  /** What is there, such as `string`; not its value. */
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
  /** Always `"OutcomeUnknownError"`, in a minified build too. */
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
  /** Always `"LoadError"`, in a minified build too. */
  declare readonly name: "LoadError";
  /** Why not. Only `wasm_unsupported` is for good. */
  declare readonly code: "wasm_not_found" | "wasm_blocked_by_csp" | "wasm_unsupported" | "wasm_invalid";
}

/** The classes by the name that the core gives; also what keeps `name` true in a minified build. */
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
  LoadError,
};

const ERRORS: Readonly<Record<AnyPartnerError["name"], typeof PartnerError | typeof OutcomeUnknownError>> = {
  ...CLASSES,
  OutcomeUnknownError,
};

for (const [name, value] of Object.entries(ERRORS)) {
  Object.defineProperty(value.prototype, "name", { value: name, configurable: true, writable: true });
}

/**
 * Every error of this package, told apart by `name`: what {@link isPartnerError} makes of an `unknown`.
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
 * Whether a value is an error of this package, also of another copy of it, which `instanceof` does not know. After it,
 * `switch (error.name)` narrows to the classes.
 */
export function isPartnerError(value: unknown): value is AnyPartnerError {
  if (value instanceof PartnerError) return true;
  const known = value instanceof Error && Object.hasOwn(ERRORS, value.name);
  return known && "attempts" in value && "retryable" in value && "code" in value && typeof value.code === "string";
}

/** A failure as the core reports it. */
export interface CoreFailure extends Failure {
  readonly name: keyof typeof CLASSES | "OutcomeUnknownError";
  readonly ticket?: unknown;
}

export function isCoreFailure(value: unknown): value is CoreFailure {
  return (
    typeof value === "object" && value !== null && "code" in value && "attempts" in value && !(value instanceof Error)
  );
}
