// The error classes: their fields and constructors.
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
import type {
  AnyPartnerError,
  Failure,
  ForeignErrorJSON,
  PartnerErrorJSON,
  Reconciliation,
  ValidationIssue,
} from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<ValidationIssue>().toEqualTypeOf<{
  field: string;
  code: string;
  message: string;
}>();

expectTypeOf<Failure>().toEqualTypeOf<{
  code: string;
  message: string;
  endpoint?: string;
  httpStatus?: number;
  instanceId?: string;
  attempts?: number;
  retryable?: boolean;
  cause?: unknown;
  issues?: readonly ValidationIssue[];
  retryAfterMs?: number;
  path?: string;
  expected?: string;
  actual?: string;
  operation?: string;
  startedAt?: number;
}>();

/** The fields of every error. */
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
  toJSON(): PartnerErrorJSON;
}
interface Validation extends Named<"ValidationError"> {
  readonly issues: readonly Readonly<ValidationIssue>[];
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

/** The fields of a class, without its constructor and private members. */
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

// The constructors: all are alike, except that of OutcomeUnknownError.
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

expectTypeOf<ForeignErrorJSON>().toEqualTypeOf<{
  name?: string;
  code?: string | number;
  status?: string | number;
  cause?: PartnerErrorJSON | ForeignErrorJSON;
}>();
expectTypeOf<Required<Omit<PartnerErrorJSON, "name" | "cause">>>().toEqualTypeOf<Required<Omit<Failure, "cause">>>();
expectTypeOf<PartnerErrorJSON["name"]>().toEqualTypeOf<AnyPartnerError["name"]>();
expectTypeOf<PartnerErrorJSON["cause"]>().toEqualTypeOf<PartnerErrorJSON | ForeignErrorJSON | undefined>();
expectTypeOf(PartnerError.fromJSON).toEqualTypeOf<
  (json: unknown, reconcile?: () => Promise<Reconciliation>) => AnyPartnerError | undefined
>();

expectTypeOf(isPartnerError).toEqualTypeOf<(value: unknown) => value is AnyPartnerError>();

declare const error: OutcomeUnknownError;
declare const validationError: ValidationError;
declare const limited: RateLimitError;

// @ts-expect-error 2540: the fields are read-only
error.code = "other";
// @ts-expect-error 2540: the fields are read-only
error.startedAt = 0;
// @ts-expect-error 2540: the fields are read-only
error.name = "OutcomeUnknownError";
// @ts-expect-error 2540: the list is read-only
validationError.issues = [];
// @ts-expect-error 2339: the list has no mutating methods
validationError.issues.push({ field: "", code: "", message: "" });
// @ts-expect-error 2540: its items are read-only
for (const issue of validationError.issues) issue.field = "";
// @ts-expect-error 18048: the response may have no Retry-After
limited.retryAfterMs.toFixed();
// @ts-expect-error 18048: there may have been no response
error.httpStatus.toFixed();
// @ts-expect-error 18048: there may have been no endpoint
validationError.endpoint.length;
// @ts-expect-error 18046: the cause may be any value
error.cause.message;
// @ts-expect-error 2339: the core's reconcile query is private
error.ticket;
// @ts-expect-error 2339: also under this name
error.reconcileQuery;
// @ts-expect-error 2345: the argument is an object
new PartnerError("message");
// @ts-expect-error 2345|2741: code and message are required
new ApiError({ code: "" });
// @ts-expect-error 2554: the reconcile function is required
new OutcomeUnknownError({ code: "", message: "" });
