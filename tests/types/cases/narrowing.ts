// How callers distinguish errors: by class and by name.
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
import type { AnyPartnerError, PartnerClient, Reconciliation, ValidationIssue } from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<AnyPartnerError["name"]>().toEqualTypeOf<
  | "PartnerError"
  | "ValidationError"
  | "ApiError"
  | "AuthenticationError"
  | "RateLimitError"
  | "ServerError"
  | "NetworkError"
  | "TimeoutError"
  | "AbortError"
  | "ProtocolError"
  | "OutcomeUnknownError"
  | "LoadError"
>();

/** By class. */
export function byClass(error: unknown): unknown {
  if (error instanceof ValidationError)
    return expectTypeOf(error.issues).toEqualTypeOf<readonly Readonly<ValidationIssue>[]>();
  if (error instanceof RateLimitError) return expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
  if (error instanceof AuthenticationError) return expectTypeOf(error.name).toEqualTypeOf<"AuthenticationError">();
  if (error instanceof ApiError) return expectTypeOf(error).toEqualTypeOf<ApiError>();
  if (error instanceof ServerError) return expectTypeOf(error).toEqualTypeOf<ServerError>();
  if (error instanceof NetworkError) return expectTypeOf(error).toEqualTypeOf<NetworkError>();
  if (error instanceof TimeoutError) return expectTypeOf(error).toEqualTypeOf<TimeoutError>();
  if (error instanceof AbortError) return expectTypeOf(error).toEqualTypeOf<AbortError>();
  if (error instanceof ProtocolError) return expectTypeOf(error.path).toBeString();
  if (error instanceof OutcomeUnknownError)
    return expectTypeOf(error.reconcile()).toEqualTypeOf<Promise<Reconciliation>>();
  if (error instanceof LoadError) return expectTypeOf(error.code).toExtend<`wasm_${string}`>();
  if (error instanceof PartnerError) return expectTypeOf(error.retryable).toBeBoolean();
  // @ts-expect-error 18046: any other value is unknown
  return error.message;
}

/** By name, exhaustively: with a new class, `error` would not be `never` at the end. */
export function byName(error: AnyPartnerError): unknown {
  switch (error.name) {
    case "ValidationError":
      return expectTypeOf(error).toEqualTypeOf<ValidationError>();
    case "ApiError":
      expectTypeOf(error).toExtend<ApiError>();
      expectTypeOf(error.name).toEqualTypeOf<"ApiError">();
      // @ts-expect-error 2339: a subclass has this field
      return error.retryAfterMs;
    case "AuthenticationError":
      return expectTypeOf(error).toEqualTypeOf<AuthenticationError>();
    case "RateLimitError":
      expectTypeOf(error).toEqualTypeOf<RateLimitError>();
      return expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
    case "ServerError":
      return expectTypeOf(error).toEqualTypeOf<ServerError>();
    case "NetworkError":
      return expectTypeOf(error).toEqualTypeOf<NetworkError>();
    case "TimeoutError":
      return expectTypeOf(error).toEqualTypeOf<TimeoutError>();
    case "AbortError":
      return expectTypeOf(error).toEqualTypeOf<AbortError>();
    case "ProtocolError":
      return expectTypeOf(error).toEqualTypeOf<ProtocolError>();
    case "OutcomeUnknownError":
      expectTypeOf(error).toEqualTypeOf<OutcomeUnknownError>();
      return error.reconcile();
    case "LoadError":
      expectTypeOf(error).toEqualTypeOf<LoadError>();
      // @ts-expect-error 2367: no such code
      return error.code === "wasm_missing";
    case "PartnerError":
      expectTypeOf(error).toExtend<PartnerError>();
      // @ts-expect-error 2339: a subclass has this field
      return error.issues;
    default:
      return expectTypeOf(error).toBeNever();
  }
}

/** A class that is not handled remains in the type. */
export function incomplete(error: AnyPartnerError): never {
  if (error.name !== "LoadError") throw error;
  // @ts-expect-error 2322: the type is not never
  return error;
}

/** From a catch clause. */
export async function caught(omi: PartnerClient): Promise<unknown> {
  try {
    return await omi.tenants.get("a");
  } catch (error) {
    // @ts-expect-error 18046: the caught value is unknown
    error.name;
    if (!isPartnerError(error)) {
      expectTypeOf(error).toBeUnknown();
      throw error;
    }
    expectTypeOf(error).toEqualTypeOf<AnyPartnerError>();
    // @ts-expect-error 2339: not every error has issues
    error.issues;
    // @ts-expect-error 2367: no such error
    if (error.name === "Oops") return undefined;
    return byName(error);
  }
}
