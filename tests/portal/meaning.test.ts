// What a failed write means: whether it may have been executed, and what the runner of a batch does.
import {
  ApiError,
  AuthenticationError,
  NetworkError,
  OutcomeUnknownError,
  PartnerError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
} from "omicall-partner";
import { expect, test } from "vitest";
import { meaningOf } from "../../www/src/batch/meaning";
import { OfflineError } from "../../www/src/errors/OfflineError";
import { isOutcomeUnknown, StorageError, UnsettledError } from "../../www/src/journal/errors";

const failure = (code: string) => ({ code, message: code });
const invalid = (code: string) =>
  new ValidationError({ ...failure("validation"), issues: [{ field: "email", code, message: code }] });

for (const [error, meaning] of [
  [new ApiError(failure("email_registered")), "refused"],
  [invalid("email_invalid"), "refused"],
  [new OutcomeUnknownError(failure("outcome_unknown"), () => Promise.reject(new Error())), "unknown"],
  [new PartnerError(failure("internal")), "unknown"],
  [new TypeError("a mistake in the portal"), "unknown"],
  // Nothing was executed, and the next row would fail too.
  [new AuthenticationError(failure("partner_invalid")), "stop"],
  [new RateLimitError(failure("rate_limited")), "stop"],
  [new NetworkError(failure("network")), "stop"],
  [new TimeoutError(failure("timeout")), "stop"],
  [new ServerError(failure("server_error")), "stop"],
  [new PartnerError(failure("request_refused")), "stop"],
  [invalid("client_closed"), "stop"],
] as const) {
  test(`${error.name} (${error.message}): ${meaning}`, () => {
    expect(meaningOf(error)).toBe(meaning);
    expect(isOutcomeUnknown(error)).toBe(meaning === "unknown");
  });
}

test("what the portal itself has not sent has no unknown outcome", () => {
  for (const NotSent of [OfflineError, UnsettledError, StorageError]) {
    expect(isOutcomeUnknown(new NotSent())).toBe(false);
  }
});
