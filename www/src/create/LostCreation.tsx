import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { ErrorAlert } from "../errors/ErrorAlert";
import type { UnknownWrite } from "../journal/model";
import { close } from "../journal/writes";
import { useLanguage } from "../language/language";
import { useCheck } from "./check";

interface Props {
  creation: UnknownWrite<"creation">;
  onFound: (id: string) => void;
  onBack: () => void;
}

/** A creation without a response: checks at once whether the tenant was created, and does not send the request again. */
export function LostCreation({ creation, onFound, onBack }: Props) {
  const { t } = useLanguage();
  const { mutate, data, error, isPending } = useCheck(creation);
  useEffect(() => mutate(), []);
  const id = data?.id;
  useEffect(() => {
    if (id === undefined) return;
    void close(creation);
    onFound(id);
  }, [id]);

  const isChecking = isPending || id !== undefined || !(data || error);
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap">
        <Text fw={600}>{isChecking ? t.create.checking : t.create.unknownTitle}</Text>
        {isChecking && <Loader size="xs" aria-hidden />}
      </Group>
      <Text size="sm">{t.create.unknownHint}</Text>
      {data && (
        <Text size="sm" fw={500} role="status">
          {t.create.outcomes[data.outcome]}
        </Text>
      )}
      {error && <ErrorAlert error={error} />}
      {!isChecking && (
        <Group gap="xs">
          <Button size="sm" onClick={() => mutate()}>
            {t.create.check}
          </Button>
          {data?.outcome === "notApplied" && (
            <Button size="sm" variant="default" onClick={onBack}>
              {t.create.backToForm}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}
