import { Alert, Loader, Text } from "@mantine/core";
import { useFormat } from "../display/format";
import type { Payment } from "../journal/model";
import { useLanguage } from "../language/language";
import { summary, textsOf } from "./describe";

/** A pending payment, on the page of its tenant, after its form was closed. */
export function PendingPayment({ payment }: { payment: Payment }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Alert role="status" icon={<Loader size={18} />} title={textsOf(payment.kind, t).pendingTitle}>
      <Text size="sm">{summary(payment, t, format)}</Text>
      <Text size="sm">{t.payment.pendingHint}</Text>
    </Alert>
  );
}
