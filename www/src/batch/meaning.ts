import {
  ApiError,
  AuthenticationError,
  OutcomeUnknownError,
  PartnerError,
  RateLimitError,
  ValidationError,
} from "omicall-partner";

type Meaning =
  /** The server did not create the tenant, because of this row. */
  | "refused"
  /** The server may have created the tenant, or may create it yet. */
  | "unknown"
  /** The server did not create the tenant, and would create no other: the token, the network, too many requests. */
  | "stop";

/** What an error of `tenants.create` means. */
export function meaningOf(error: unknown): Meaning {
  if (!(error instanceof PartnerError) || error instanceof OutcomeUnknownError || error.code === "internal")
    return "unknown";
  if (error instanceof AuthenticationError || error instanceof RateLimitError || isClosed(error)) return "stop";
  return error instanceof ApiError || error instanceof ValidationError ? "refused" : "stop";
}

/** The client was closed, because the user has chosen another language or another connection. */
export const isClosed = (error: PartnerError) =>
  error instanceof ValidationError && error.issues.some(({ code }) => code === "client_closed");
