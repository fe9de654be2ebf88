import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { useClient } from "../client";
import { ErrorAlert } from "../ErrorAlert";
import { useFormat } from "../format";
import { Icon } from "../Icon";
import { useLanguage } from "../language";
import { useFocusOnMount } from "../useFocusOnMount";
import { tenantsKey } from "./queries";

export interface Created {
  readonly id: string;
  readonly name: string;
  readonly activating: boolean;
}

type Wait =
  { state: "waiting"; elapsedMs: number } | { state: "active" | "stopped" } | { state: "failed"; error: Error };

/** After a tenant was created: shows how its activation goes, until it is active or nobody wants to wait any longer. */
export function Activation({ created, onClose }: { created: Created; onClose: () => void }) {
  const { t } = useLanguage();
  const [wait, waitOn, stop] = useActivation(created);
  const focus = useFocusOnMount<HTMLDivElement>();
  return (
    <Stack {...focus}>
      <Alert color="teal" role="status" icon={<Icon name="check" />} title={t.create.created(created.name)}>
        {!created.activating && t.create.notActivated}
        {wait?.state === "active" && t.create.active}
        {wait?.state === "stopped" && t.create.stopped}
      </Alert>
      {wait?.state === "waiting" && <Waiting elapsedMs={wait.elapsedMs} />}
      {wait?.state === "failed" && <ErrorAlert error={wait.error} onRetry={waitOn} />}
      <Group justify="flex-end">
        {wait?.state === "waiting" && (
          <Button variant="default" onClick={stop}>
            {t.create.stopWaiting}
          </Button>
        )}
        {wait?.state === "stopped" && (
          <Button variant="default" onClick={waitOn}>
            {t.create.keepWaiting}
          </Button>
        )}
        {wait?.state !== "waiting" && (
          <Button component={Link} href={`/tenants/${encodeURIComponent(created.id)}`} onClick={onClose}>
            {t.create.open}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Waiting({ elapsedMs }: { elapsedMs: number }) {
  const { t } = useLanguage();
  const format = useFormat();
  // Nobody knows how long it takes, 3 to 10 s as a rule: quick at first, and never quite full.
  const percent = 8 + 88 * (1 - Math.exp(-elapsedMs / 5_000));
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={500} role="status">
          {t.create.waiting}
        </Text>
        <Text size="xs" c="dimmed" className="figures">
          {t.create.elapsed(format.number(Math.round(elapsedMs / 1_000)))}
        </Text>
      </Group>
      <Progress value={percent} size="lg" animated transitionDuration={600} aria-label={t.create.waiting} />
      <Text size="xs" c="dimmed" mt={6}>
        {t.create.waitingHint}
      </Text>
    </div>
  );
}

function useActivation({ id, activating }: Created) {
  const client = useClient();
  const queryClient = useQueryClient();
  const [wait, setWait] = useState<Wait>();
  const controller = useRef<AbortController>(undefined);

  const waitOn = () => {
    const own = new AbortController();
    controller.current = own;
    setWait({ state: "waiting", elapsedMs: 0 });
    client.tenants
      .waitUntilActive(id, {
        signal: own.signal,
        intervalMs: 500,
        onProgress: ({ elapsedMs }) => setWait({ state: "waiting", elapsedMs }),
      })
      .then(
        () => {
          setWait({ state: "active" });
          void queryClient.invalidateQueries({ queryKey: tenantsKey });
        },
        // A wait that was ended on purpose has nothing more to say.
        (error: Error) => !own.signal.aborted && setWait({ state: "failed", error }),
      );
  };

  const stop = () => {
    controller.current?.abort();
    setWait({ state: "stopped" });
  };

  useEffect(() => {
    if (activating) waitOn();
    return () => controller.current?.abort();
    // Once for each tenant, whatever else changes.
  }, [id, activating]);

  return [wait, waitOn, stop] as const;
}
