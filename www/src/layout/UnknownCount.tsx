import { Badge } from "@mantine/core";
import { useUnknownPayments } from "../journal/writes";
import { useLanguage } from "../language/language";

/** How many payments have an unknown outcome: somebody has to check them. */
export function UnknownCount() {
  const { t } = useLanguage();
  const count = useUnknownPayments().length;
  if (count === 0) return null;
  // A circle is a block by default, which would be below the label.
  return (
    <Badge
      color="yellow"
      size="sm"
      circle
      display="inline-flex"
      ml={6}
      role="img"
      aria-label={t.payment.unknown(count)}
    >
      {count}
    </Badge>
  );
}
