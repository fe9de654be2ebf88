import { PartnerError } from "omicall-partner";
import { OfflineError } from "../errors/OfflineError";
import { MeanwhileError, StorageError, UnsettledError } from "../journal/errors";
import { endpoints, type PaymentKind, wasNotSent } from "../journal/model";
import type { Texts } from "../language/texts";
import { textsOf } from "./describe";

/** The title and the explanation of a failed payment. Without a refusal by the server, the payment was not sent. */
export function describeFailure(error: Error, kind: PaymentKind, t: Texts): { title: string; explanation?: string } {
  const texts = textsOf(kind, t);
  // The messages of these errors say what to do.
  const ownErrors = [OfflineError, UnsettledError, MeanwhileError, StorageError];
  if (ownErrors.some((ownError) => error instanceof ownError)) return { title: texts.notSentTitle };
  if (!(error instanceof PartnerError && wasNotSent(kind, error))) return { title: texts.failed };
  const isUnread = error.endpoint !== undefined && error.endpoint !== endpoints[kind];
  return { title: texts.notSentTitle, explanation: isUnread ? texts.notSentUnread : texts.notSent };
}
