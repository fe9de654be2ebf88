import { PartnerError } from "omicall-partner";
import { OfflineError } from "../errors/OfflineError";
import { StorageError, UnsettledError } from "../journal/errors";

/** What the portal says about a payment that has failed; each kind of payment has these texts. */
export interface FailureTexts {
  failed: string;
  notSentTitle: string;
  notSent: string;
  /** The state before the payment could not be read. */
  notSentUnread: string;
}

/**
 * The title and the explanation of a failed payment. Without a refusal by the server, the payment was not sent.
 *
 * @param endpoint the one that the payment is sent to; others are read before
 */
export function describeFailure(
  error: Error,
  endpoint: string,
  texts: FailureTexts,
): { title: string; explanation?: string } {
  const notSent = { title: texts.notSentTitle, explanation: texts.notSent };
  // The messages of these errors say what to do.
  const ownErrors = [OfflineError, UnsettledError, StorageError];
  if (ownErrors.some((ownError) => error instanceof ownError)) return { title: texts.notSentTitle };
  if (!(error instanceof PartnerError)) return { title: texts.failed };
  if (error.endpoint !== undefined && error.endpoint !== endpoint) {
    return { ...notSent, explanation: texts.notSentUnread };
  }
  return error.attempts === 0 ? notSent : { title: texts.failed };
}
