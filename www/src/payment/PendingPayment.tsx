import { Alert, Loader, Text } from "@mantine/core";
import { useLanguage } from "../language/language";

/** A pending payment, on the page of its tenant, after its form was closed. */
export function PendingPayment({ title, summary }: { title: string; summary: string }) {
  const { t } = useLanguage();
  return (
    <Alert role="status" icon={<Loader size={18} />} title={title}>
      <Text size="sm">{summary}</Text>
      <Text size="sm">{t.payment.pendingHint}</Text>
    </Alert>
  );
}
