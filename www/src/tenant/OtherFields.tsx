import { Code, Text } from "@mantine/core";
import type { Tenant } from "omicall-partner";
import { useLanguage } from "../language/language";
import { Facts } from "../display/Facts";
import { Secret } from "./Secret";
import { Section } from "./Section";
import { otherFields } from "./undocumented";

/** Fields that nobody has documented, as the server sends them: a number may be a date, an amount or anything else. */
export function OtherFields({ tenant }: { tenant: Tenant }) {
  const { t } = useLanguage();
  const fields = otherFields(tenant);
  if (fields.length === 0) return null;
  return (
    <Section title={t.detail.other}>
      <Text size="xs" c="dimmed" mb="md">
        {t.detail.otherHint}
      </Text>
      <Facts items={fields.map(([name, value]) => [name, <Value key={name} name={name} value={value} />])} />
    </Section>
  );
}

function Value({ name, value }: { name: string; value: unknown }) {
  const { t } = useLanguage();
  if (value == null || value === "") return t.none;
  const text = typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
  // Undocumented secrets are not shown at once either.
  const isSecret = typeof value !== "boolean" && /key|secret|token|passw/i.test(name + text);
  if (isSecret) return <Secret name={name} value={text} />;
  return typeof value === "object" ? <Code block>{text}</Code> : text;
}
