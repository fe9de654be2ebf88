import { ActionIcon, Code, CopyButton, Group, Stack, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";

/** The tenant's API key. It is not in the DOM until the user reveals it. */
export function ApiKey({ value }: { value: string | null | undefined }) {
  const { t } = useLanguage();
  const [shown, { toggle }] = useDisclosure(false);
  if (!value) {
    return (
      <Text size="sm" c="dimmed">
        {t.detail.noApiKey}
      </Text>
    );
  }
  const label = shown ? t.detail.hide : t.detail.reveal;
  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code className="breakable" flex={1} py={7} fz="sm">
          {shown ? value : "•".repeat(16)}
        </Code>
        <Tooltip label={label}>
          <ActionIcon variant="default" size="lg" aria-label={label} aria-pressed={shown} onClick={toggle}>
            <Icon name={shown ? "eyeOff" : "eye"} />
          </ActionIcon>
        </Tooltip>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t.detail.copied : t.detail.copy}>
              <ActionIcon variant="default" size="lg" aria-label={t.detail.copy} onClick={copy}>
                <Icon name={copied ? "check" : "copy"} />
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
      <Text size="xs" c="dimmed">
        {t.detail.apiKeyHint}
      </Text>
    </Stack>
  );
}
