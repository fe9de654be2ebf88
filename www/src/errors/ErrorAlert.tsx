import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { AuthenticationError } from "omicall-partner";
import { errorDetails, errorMessage } from "./errors";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { useOpenSettings } from "../session/openSettings";

interface Props {
  error: Error;
  title?: string;
  /** What the error means in this place; shown before the message. */
  explanation?: string;
  onRetry?: () => void;
}

export function ErrorAlert({ error, title, explanation, onRetry }: Props) {
  const { t } = useLanguage();
  const openSettings = useOpenSettings();
  const details = errorDetails(error);
  return (
    <Alert color="red" variant="light" icon={<Icon name="warning" />} title={title ?? t.failed}>
      <Stack gap="xs" align="flex-start">
        {explanation && (
          <Text size="sm" fw={500}>
            {explanation}
          </Text>
        )}
        <Text size="sm">{errorMessage(error, t)}</Text>
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
