import { showOnMount } from "../display/showOnMount";
import { ErrorAlert } from "../errors/ErrorAlert";
import type { PaymentKind } from "../journal/model";
import { useLanguage } from "../language/language";
import { describeFailure } from "./failure";

/** Why a payment was not made. At the top of its form, so that it is visible without scrolling: the form is long. */
export function PaymentError({ error, kind }: { error: Error | undefined; kind: PaymentKind }) {
  const { t } = useLanguage();
  if (!error) return null;
  return (
    <div {...showOnMount}>
      <ErrorAlert error={error} {...describeFailure(error, kind, t)} />
    </div>
  );
}
