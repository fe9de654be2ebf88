import { useQueryClient } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";
import { useRef, useState } from "react";
import { accountQuery } from "../data/account";
import { refreshTenant, tenantsKey } from "../data/tenants";
import type { Format } from "../display/format";
import { notify } from "../display/notify";
import { useIsMounted } from "../display/useIsMounted";
import { errorMessage } from "../errors/errors";
import { isOutcomeUnknown } from "../journal/errors";
import type { PurchaseDetails, TopUpDetails } from "../journal/model";
import { send } from "../journal/writes";
import { useLanguage } from "../language/language";
import type { Texts } from "../language/texts";
import { useClient } from "../session/client";
import { summary, textsOf } from "./describe";
import { describeFailure } from "./failure";

/** A payment that the user has confirmed. */
export interface Payment<Receipt extends object> {
  readonly details: TopUpDetails | PurchaseDetails;
  /** When its confirmation was opened. */
  readonly since: number;
  /** Gets no signal, because aborting a payment leaves its outcome unknown. */
  readonly request: (client: PartnerClient) => Promise<Receipt>;
  readonly onConfirmed: (receipt: Receipt) => void;
}

interface Handlers {
  /** Closes the dialog. */
  onClose: () => void;
  /** Shows in the dialog why the payment was not made. */
  onFailed: (error: Error) => void;
}

/**
 * Returns a function that sends a payment, at most once until it has failed, and whether it was sent. A payment with an
 * unknown outcome is shown on the tenant's page; the other outcomes become notifications, unless the dialog shows them.
 */
export function usePayment({ onClose, onFailed }: Handlers) {
  const { t } = useLanguage();
  const client = useClient();
  const queryClient = useQueryClient();
  const isMounted = useIsMounted();
  // A second click may arrive before the first has disabled the button, and during the closing animation of the dialog.
  const sent = useRef(false);
  const [sending, setSending] = useState(false);

  const pay = async <Receipt extends object>({ details, since, request, onConfirmed }: Payment<Receipt>) => {
    if (sent.current) return;
    sent.current = true;
    setSending(true);
    const closeLabel = t.close;
    const { kind } = details;
    const subject = (t: Texts, format: Format) => summary(details, t, format);
    try {
      onConfirmed(await send(details, client, request, since));
      onClose();
    } catch (thrown) {
      const error = thrown as Error;
      if (isOutcomeUnknown(error)) {
        if (!isMounted())
          notify("unknown", { title: (t) => textsOf(kind, t).unknownTitle, message: subject, closeLabel });
        onClose();
      } else if (isMounted()) {
        sent.current = false;
        setSending(false);
        onFailed(error);
      } else {
        const failure = (t: Texts) => describeFailure(error, kind, t);
        const message = (t: Texts, format: Format) =>
          [subject(t, format), failure(t).explanation, errorMessage(error, t)].filter(Boolean).join("\n");
        notify("error", { title: (t) => failure(t).title, message, closeLabel });
      }
    }
    void queryClient.invalidateQueries({ queryKey: accountQuery(client).queryKey });
    // The page shows an error of this read. After a change of the language, the client of the payment is closed.
    refreshTenant(queryClient, client, details.tenantId).catch(() =>
      queryClient.invalidateQueries({ queryKey: tenantsKey }),
    );
  };
  return { pay, sending };
}
