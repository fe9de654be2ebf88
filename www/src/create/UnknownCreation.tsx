import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PartnerClient, Reconciliation } from "omicall-partner";
import { Link } from "wouter";
import { useClient } from "../session/client";
import { ErrorAlert } from "../errors/ErrorAlert";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { focusOnMount } from "../display/focusOnMount";
import { isUnknown, type UnknownWrite, type Write } from "../journal/model";
import { close, reconcile, useWrites } from "../journal/writes";
import { tenantsKey } from "../data/tenants";
import { tenantPath } from "../tenant/tenantPath";

/** Shown on the list: the creations with an unknown outcome. */
export function UnknownCreations() {
  return useUnknownCreations().map((creation) => <UnknownCreation key={creation.id} creation={creation} />);
}

export function useUnknownCreations(): readonly UnknownWrite<"creation">[] {
  const isCreation = (write: Write): write is Write<"creation"> => write.kind === "creation";
  return (useWrites() ?? []).filter(isCreation).filter(isUnknown);
}

interface Props {
  creation: UnknownWrite<"creation">;
  /** Set inside the create dialog: returns to its form. */
  onBack?: () => void;
  onClose?: () => void;
}

/** A creation with an unknown outcome: lets the user check the outcome instead of sending the request again. */
export function UnknownCreation({ creation, onBack, onClose }: Props) {
  const { t } = useLanguage();
  const client = useClient();
  const queryClient = useQueryClient();
  const check = useMutation({
    mutationFn: () => reconcile(creation, client, (client) => findTenants(client, creation.email)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tenantsKey }),
  });
  useWindowEvent("online", () => {
    if (check.isError) check.mutate();
  });
  const outcome = check.data?.outcome;
  const [tenant] = check.data?.evidence.tenants ?? [];
  const found = outcome === "applied" && tenant;
  const open = () => {
    void close(creation);
    onClose?.();
  };
  return (
    <Alert {...focusOnMount} color="yellow" icon={<Icon name="info" />} title={t.create.unknownTitle}>
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
            <Button size="sm" component={Link} href={tenantPath(found.id)} onClick={open}>
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
                <Button size="sm" variant="default" onClick={() => close(creation)}>
                  {t.create.dismiss}
                </Button>
              )}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Searches the tenant in the list, like `reconcile()` of the SDK, whose error is no longer available. */
async function findTenants({ tenants }: PartnerClient, email: string): Promise<Reconciliation> {
  const found = [];
  for await (const tenant of tenants.list({ keyword: email })) {
    if (tenant.email?.toLowerCase() === email.toLowerCase()) found.push(tenant);
  }
  const outcome = found.length === 0 ? "notApplied" : found.length === 1 ? "applied" : "appliedMoreThanOnce";
  return { outcome, evidence: { tenants: found } };
}
