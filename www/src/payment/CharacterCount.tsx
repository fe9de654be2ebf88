import { Text } from "@mantine/core";
import { useLanguage } from "../language/language";

/** Counts as the server does: UTF-16 units of the composed (NFC) text, which the SDK sends. */
export function CharacterCount({ text, min }: { text: string; min: number }) {
  const { t } = useLanguage();
  const { length } = text.normalize("NFC");
  return (
    <Text span size="xs" c={length >= min ? "teal" : "dimmed"}>
      {t.payment.count(length, min)}
    </Text>
  );
}
