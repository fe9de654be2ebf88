import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { OutcomeUnknownError } from "omicall-partner";
import { Link } from "wouter";
import { ErrorAlert } from "../ErrorAlert";
import { Icon } from "../Icon";
import { useLanguage } from "../language";
import { useFocusOnMount } from "../useFocusOnMount";

interface Props {
  error: OutcomeUnknownError;
  onBack: () => void;
  onClose: () => void;
}

/** A creation without an answer: asks the server what became of it, instead of sending it again. */
export function UnknownCreation({ error, onBack, onClose }: Props) {
  const { t } = useLanguage();
  const check = useMutation({ mutationFn: () => error.reconcile() });
  const focus = useFocusOnMount<HTMLDivElement>();
  const outcome = check.data?.outcome;
  const [tenant] = check.data?.evidence.tenants ?? [];
  return (
    <Stack {...focus}>
      <Alert color="yellow" icon={<Icon name="info" />} title={t.create.unknownTitle}>
        {t.create.unknownHint}
      </Alert>
      {outcome && (
        <Text size="sm" fw={500} role="status">
          {t.create.outcomes[outcome]}
        </Text>
      )}
      {check.error && <ErrorAlert error={check.error} />}
      <Group justify="flex-end">
        {outcome === "notApplied" && (
          <Button variant="subtle" onClick={onBack}>
            {t.create.backToForm}
          </Button>
        )}
        {outcome === "applied" && tenant ? (
          <Button component={Link} href={`/tenants/${encodeURIComponent(tenant.id)}`} onClick={onClose}>
            {t.create.open}
          </Button>
        ) : (
          <Button loading={check.isPending} onClick={() => check.mutate()}>
            {t.create.check}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
