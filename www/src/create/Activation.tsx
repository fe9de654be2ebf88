import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { useClient } from "../session/client";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { focusOnMount } from "../display/focusOnMount";
import { tenantsKey } from "../data/tenants";
import { tenantPath } from "../tenant/tenantPath";

export interface Created {
  readonly id: string;
  readonly name: string;
  readonly activating: boolean;
}

type WaitState =
  { state: "waiting"; elapsedMs: number } | { state: "active" | "stopped" } | { state: "failed"; error: Error };

/** Shows the activation of a new tenant, until it is active or the user stops waiting. */
export function Activation({ created, onClose }: { created: Created; onClose: () => void }) {
  const { t } = useLanguage();
  const [wait, startWaiting, stop] = useActivation(created);
  return (
    <Stack {...focusOnMount}>
      <Alert color="teal" role="status" icon={<Icon name="check" />} title={t.create.created(created.name)}>
        {!created.activating && t.create.notActivated}
        {wait?.state === "active" && t.create.active}
        {wait?.state === "stopped" && t.create.stopped}
      </Alert>
      {wait?.state === "waiting" && <Waiting elapsedMs={wait.elapsedMs} />}
      {wait?.state === "failed" && <ErrorAlert error={wait.error} onRetry={startWaiting} />}
      <Group justify="flex-end">
        {wait?.state === "waiting" && (
          <Button variant="default" onClick={stop}>
            {t.create.stopWaiting}
          </Button>
        )}
        {wait?.state === "stopped" && (
          <Button variant="default" onClick={startWaiting}>
            {t.create.keepWaiting}
          </Button>
        )}
        {wait?.state !== "waiting" && (
          <Button component={Link} href={tenantPath(created.id)} onClick={onClose}>
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
  // The duration is unknown, usually 3 to 10 s: the bar starts fast and never reaches 100%.
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
  const [wait, setWait] = useState<WaitState>();
  const controllerRef = useRef<AbortController>(undefined);

  const startWaiting = () => {
    const controller = new AbortController();
    controllerRef.current = controller;
    setWait({ state: "waiting", elapsedMs: 0 });
    client.tenants
      .waitUntilActive(id, {
        signal: controller.signal,
        intervalMs: 500,
        onProgress: ({ elapsedMs }) => setWait({ state: "waiting", elapsedMs }),
      })
      .then(
        () => {
          setWait({ state: "active" });
          void queryClient.invalidateQueries({ queryKey: tenantsKey });
        },
        // The abort error of a stopped wait is not shown.
        (error: Error) => !controller.signal.aborted && setWait({ state: "failed", error }),
      );
  };

  const stop = () => {
    controllerRef.current?.abort();
    setWait({ state: "stopped" });
  };

  useEffect(() => {
    if (activating) startWaiting();
    return () => controllerRef.current?.abort();
    // Runs once for each tenant; other dependencies are left out on purpose.
  }, [id, activating]);

  useWindowEvent("online", () => {
    if (wait?.state === "failed") startWaiting();
  });

  return [wait, startWaiting, stop] as const;
}
