import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PartnerClient, Reconciliation } from "omicall-partner";
import { Link } from "wouter";
import { useClient } from "../client";
import { ErrorAlert } from "../ErrorAlert";
import { Icon } from "../Icon";
import { useLanguage } from "../language";
import { useFocusOnMount } from "../useFocusOnMount";
import { dismiss, isUnknown, reconcile, type UnknownWrite, useWrites } from "../writes";
import { tenantsKey } from "./queries";

/** On the list: the creations without an answer. */
export function UnknownCreations() {
  const [, creations] = useWrites("creation");
  return creations.filter(isUnknown).map((creation) => <UnknownCreation key={creation.email} creation={creation} />);
}

interface Props {
  creation: UnknownWrite<"creation">;
  /** Where the form is still there. */
  onBack?: () => void;
  onClose?: () => void;
}

/** A creation without an answer: asks the server what became of it, instead of sending it again. */
export function UnknownCreation({ creation, onBack, onClose }: Props) {
  const { t } = useLanguage();
  const client = useClient();
  const queryClient = useQueryClient();
  const check = useMutation({
    mutationFn: () => reconcile(creation, client, (client) => look(client, creation.email)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tenantsKey }),
  });
  const focus = useFocusOnMount<HTMLDivElement>();
  const outcome = check.data?.outcome;
  const [tenant] = check.data?.evidence.tenants ?? [];
  const found = outcome === "applied" && tenant;
  const open = () => {
    dismiss(creation);
    onClose?.();
  };
  return (
    <Alert {...focus} color="yellow" icon={<Icon name="info" />} title={t.create.unknownTitle}>
      <Stack gap="sm" maw={560}>
        <Text size="sm">{t.create.unknownHint}</Text>
        <dl className="facts">
          <dt>{t.create.fullName}</dt>
          <dd>{creation.name}</dd>
          <dt>{t.create.email}</dt>
          <dd>{creation.email}</dd>
        </dl>
        {outcome && (
          <Text size="sm" fw={500} role="status">
            {t.create.outcomes[outcome]}
          </Text>
        )}
        {check.error && <ErrorAlert error={check.error} />}
        <Group gap="xs">
          {found ? (
            <Button size="sm" component={Link} href={`/tenants/${encodeURIComponent(found.id)}`} onClick={open}>
              {t.create.open}
            </Button>
          ) : (
            <Button size="sm" loading={check.isPending} onClick={() => check.mutate()}>
              {t.create.check}
            </Button>
          )}
          {onBack
            ? outcome === "notApplied" && (
                <Button size="sm" variant="default" onClick={onBack}>
                  {t.create.backToForm}
                </Button>
              )
            : outcome && (
                <Button size="sm" variant="default" onClick={() => dismiss(creation)}>
                  {t.create.dismiss}
                </Button>
              )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Looks for the tenant in the list, as the SDK does while it still knows the creation. */
async function look({ tenants }: PartnerClient, email: string): Promise<Reconciliation> {
  const found = [];
  for await (const tenant of tenants.list({ keyword: email })) {
    if (tenant.email?.toLowerCase() === email.toLowerCase()) found.push(tenant);
  }
  const outcome = found.length === 0 ? "notApplied" : found.length === 1 ? "applied" : "appliedMoreThanOnce";
  return { outcome, evidence: { tenants: found } };
}
