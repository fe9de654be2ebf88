import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { AuthenticationError } from "omicall-partner";
import { reference, sentence } from "./errors";
import { Icon } from "./Icon";
import { useLanguage } from "./language";
import { useOpenSettings } from "./settings/open";

interface Props {
  error: Error;
  title?: string;
  /** What it means here, before what the error says. */
  lead?: string;
  onRetry?: () => void;
}

export function ErrorAlert({ error, title, lead, onRetry }: Props) {
  const { t } = useLanguage();
  const openSettings = useOpenSettings();
  const details = reference(error);
  return (
    <Alert color="red" variant="light" icon={<Icon name="warning" />} title={title ?? t.failed}>
      <Stack gap="xs" align="flex-start">
        {lead && (
          <Text size="sm" fw={500}>
            {lead}
          </Text>
        )}
        <Text size="sm">{sentence(error)}</Text>
        {details && (
          <Text size="xs" c="dimmed" className="breakable">
            {details}
          </Text>
        )}
        <Group gap="xs">
          {onRetry && (
            <Button size="xs" variant="default" leftSection={<Icon name="refresh" size={14} />} onClick={onRetry}>
              {t.retry}
            </Button>
          )}
          {error instanceof AuthenticationError && (
            <Button size="xs" variant="default" leftSection={<Icon name="settings" size={14} />} onClick={openSettings}>
              {t.openSettings}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
