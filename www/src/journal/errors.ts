import { OutcomeUnknownError, PartnerError } from "omicall-partner";
import { OfflineError } from "../errors/OfflineError";

/** A write was not sent, because an earlier one for the same tenant is not settled. */
export class UnsettledError extends Error {}

/** A payment was not sent, because another one of the tenant was made after the user was asked to confirm this one. */
export class MeanwhileError extends Error {}

/** A write was not sent, because the browser does not let the portal record it. */
export class StorageError extends Error {}

/** Whether a write that failed with this error may have been executed: its outcome is unknown, and the journal keeps it. */
export function isOutcomeUnknown(error: unknown): boolean {
  if ([OfflineError, UnsettledError, MeanwhileError, StorageError].some((notSent) => error instanceof notSent))
    return false;
  // Any other exception, and a failure of the SDK itself, says nothing about the write.
  return !(error instanceof PartnerError) || error instanceof OutcomeUnknownError || error.code === "internal";
}
