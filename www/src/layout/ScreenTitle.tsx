import { Text, Title } from "@mantine/core";

/** The heading of a screen, and a sentence about it. */
export function ScreenTitle({ title, subtitle }: { title: string; subtitle: string }) {
  return (
    <div>
      <Title order={1} size="h2">
        {title}
      </Title>
      <Text c="dimmed" size="sm">
        {subtitle}
      </Text>
    </div>
  );
}
