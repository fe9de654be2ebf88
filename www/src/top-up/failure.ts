import { PartnerError } from "omicall-partner";
import { OfflineError } from "../errors/OfflineError";
import { endpoints, wasNotSent } from "../journal/model";
import { StorageError, UnsettledError } from "../journal/errors";
import type { Texts } from "../language/texts";

/** The title and explanation of a failed top-up. Without a rejection by the server, the top-up was not sent. */
export function describeFailure(error: Error, t: Texts): { title: string; explanation?: string } {
  const { title, explanation } = { title: t.topUp.notSentTitle, explanation: t.topUp.notSent };
  // Their messages say it.
  if ([OfflineError, UnsettledError, StorageError].some((notSent) => error instanceof notSent)) return { title };
  if (!(error instanceof PartnerError)) return { title: t.topUp.failed };
  if (!wasNotSent("topUp", error)) return { title: t.topUp.failed };
  const isUnread = error.endpoint !== undefined && error.endpoint !== endpoints.topUp;
  return { title, explanation: isUnread ? t.topUp.notSentUnread : explanation };
}
