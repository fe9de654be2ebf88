// The error classes: what each has, and how it is made.
import {
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
} from "omicall-partner";
import type { AnyPartnerError, Failure, Reconciliation, ValidationIssue } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<ValidationIssue>().toEqualTypeOf<{
  readonly field: string;
  readonly code: string;
  readonly message: string;
}>();

expectTypeOf<Failure>().toEqualTypeOf<{
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
}>();

/** What every error has. */
interface Named<Name extends string> {
  readonly name: Name;
  message: string;
  stack?: string;
  readonly cause?: unknown;
  readonly code: string;
  readonly endpoint?: string;
  readonly httpStatus?: number;
  readonly instanceId?: string;
  readonly attempts: number;
  readonly retryable: boolean;
  toJSON(): object;
}
interface Validation extends Named<"ValidationError"> {
  readonly issues: readonly ValidationIssue[];
}
interface RateLimit extends Named<"RateLimitError"> {
  readonly retryAfterMs?: number;
}
interface Protocol extends Named<"ProtocolError"> {
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}
interface OutcomeUnknown extends Named<"OutcomeUnknownError"> {
  readonly operation: string;
  readonly startedAt: number;
  reconcile(): Promise<Reconciliation>;
}
interface Load extends Omit<Named<"LoadError">, "code"> {
  readonly code: "wasm_not_found" | "wasm_blocked_by_csp" | "wasm_unsupported" | "wasm_invalid";
}

/** The fields of a class, without what makes it one. */
type Fields<Class> = Pick<Class, keyof Class>;

expectTypeOf<Fields<PartnerError>>().toEqualTypeOf<Named<string>>();
expectTypeOf<Fields<ValidationError>>().toEqualTypeOf<Validation>();
expectTypeOf<Fields<ApiError>>().toEqualTypeOf<Named<"ApiError" | "AuthenticationError" | "RateLimitError">>();
expectTypeOf<Fields<AuthenticationError>>().toEqualTypeOf<Named<"AuthenticationError">>();
expectTypeOf<Fields<RateLimitError>>().toEqualTypeOf<RateLimit>();
expectTypeOf<Fields<ServerError>>().toEqualTypeOf<Named<"ServerError">>();
expectTypeOf<Fields<NetworkError>>().toEqualTypeOf<Named<"NetworkError">>();
expectTypeOf<Fields<TimeoutError>>().toEqualTypeOf<Named<"TimeoutError">>();
expectTypeOf<Fields<AbortError>>().toEqualTypeOf<Named<"AbortError">>();
expectTypeOf<Fields<ProtocolError>>().toEqualTypeOf<Protocol>();
expectTypeOf<Fields<OutcomeUnknownError>>().toEqualTypeOf<OutcomeUnknown>();
expectTypeOf<Fields<LoadError>>().toEqualTypeOf<Load>();

expectTypeOf<PartnerError>().toExtend<Error>();
expectTypeOf<AnyPartnerError>().toExtend<PartnerError>();
expectTypeOf<AuthenticationError>().toExtend<ApiError>();
expectTypeOf<RateLimitError>().toExtend<ApiError>();
expectTypeOf<ServerError>().not.toExtend<ApiError>();
expectTypeOf<ApiError>().not.toExtend<RateLimitError>();

// How they are made: all alike, but for the one that can ask.
expectTypeOf<ConstructorParameters<typeof PartnerError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof ValidationError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof ApiError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof AuthenticationError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof RateLimitError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof ServerError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof NetworkError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof TimeoutError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof AbortError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof ProtocolError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof LoadError>>().toEqualTypeOf<[failure: Failure]>();
expectTypeOf<ConstructorParameters<typeof OutcomeUnknownError>>().toEqualTypeOf<
  [failure: Failure, reconcile: () => Promise<Reconciliation>]
>();

expectTypeOf(isPartnerError).toEqualTypeOf<(value: unknown) => value is AnyPartnerError>();

declare const error: OutcomeUnknownError;
declare const refused: ValidationError;
declare const limited: RateLimitError;

// @ts-expect-error 2540: what happened stays
error.code = "other";
// @ts-expect-error 2540: what happened stays
error.startedAt = 0;
// @ts-expect-error 2540: what happened stays
error.name = "OutcomeUnknownError";
// @ts-expect-error 2540: the list stays
refused.issues = [];
// @ts-expect-error 2339: and so does what is in it
refused.issues.push({ field: "", code: "", message: "" });
// @ts-expect-error 2540: and each of it
for (const issue of refused.issues) issue.field = "";
// @ts-expect-error 18048: the server may not have said
limited.retryAfterMs.toFixed();
// @ts-expect-error 18048: there may have been no response
error.httpStatus.toFixed();
// @ts-expect-error 18048: there may have been no endpoint
refused.endpoint.length;
// @ts-expect-error 18046: anything may be the cause
error.cause.message;
// @ts-expect-error 2339: the core's ticket is nobody's business
error.ticket;
// @ts-expect-error 2345: an error says what happened
new PartnerError("message");
// @ts-expect-error 2345|2741: it has a code and a message
new ApiError({ code: "" });
// @ts-expect-error 2554: it must be able to ask
new OutcomeUnknownError({ code: "", message: "" });
