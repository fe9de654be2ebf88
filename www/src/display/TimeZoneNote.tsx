import { Text } from "@mantine/core";
import { timeZone } from "./timeZone";
import { useLanguage } from "../language/language";

/** Names the time zone of the dates on the screen. */
export function TimeZoneNote() {
  const { t } = useLanguage();
  return (
    <Text size="xs" c="dimmed">
      {t.timeZone(timeZone)}
    </Text>
  );
}
