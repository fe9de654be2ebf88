import { Text } from "@mantine/core";
import { useLanguage } from "../language/language";
import { isUnknown, type Payment } from "../journal/model";

/** Says why a tenant gets no further payment: it has one at a time, of any kind. */
export function Blocked({ by }: { by: Payment | null | undefined }) {
  const { t } = useLanguage();
  if (!by) return null;
  return (
    <Text size="xs" c="dimmed">
      {isUnknown(by) ? t.payment.blocked : t.payment.waitForResponse}
    </Text>
  );
}
