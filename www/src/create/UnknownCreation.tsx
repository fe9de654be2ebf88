import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { addTenant } from "../data/tenants";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { isUnknown, type UnknownWrite, type Write } from "../journal/model";
import { close, useWrites } from "../journal/writes";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { tenantPath } from "../tenant/tenantPath";
import { useCheck } from "./check";

/** Shown on the list: the creations with an unknown outcome. */
export function UnknownCreations() {
  return useUnknownCreations().map((creation) => <UnknownCreation key={creation.id} creation={creation} />);
}

export function useUnknownCreations(): readonly UnknownWrite<"creation">[] {
  const isCreation = (write: Write): write is Write<"creation"> => write.kind === "creation";
  return (useWrites() ?? []).filter(isCreation).filter(isUnknown);
}

/** A creation with an unknown outcome: lets the user check the outcome instead of sending the request again. */
function UnknownCreation({ creation }: { creation: UnknownWrite<"creation"> }) {
  const { t } = useLanguage();
  const client = useClient();
  const queryClient = useQueryClient();
  const { mutate, data, error, isPending } = useCheck(creation);
  const check = () => mutate(undefined, { onSuccess: ({ id }) => id && void addTenant(queryClient, client, id) });
  return (
    <Alert color="yellow" icon={<Icon name="info" />} title={t.create.unknownTitle}>
      <Stack gap="sm" maw={560}>
        <Text size="sm">{t.create.unknownHint}</Text>
        <dl className="facts">
          <dt>{t.create.fullName}</dt>
          <dd>{creation.name}</dd>
          <dt>{t.create.email}</dt>
          <dd>{creation.email}</dd>
        </dl>
        {data && (
          <Text size="sm" fw={500} role="status">
            {t.create.outcomes[data.outcome]}
          </Text>
        )}
        {error && <ErrorAlert error={error} />}
        <Group gap="xs">
          {data?.id ? (
            <Button size="sm" component={Link} href={tenantPath(data.id)} onClick={() => void close(creation)}>
              {t.create.open}
            </Button>
          ) : (
            <Button size="sm" loading={isPending} onClick={check}>
              {t.create.check}
            </Button>
          )}
          {data && (
            <Button size="sm" variant="default" onClick={() => void close(creation)}>
              {t.create.dismiss}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
