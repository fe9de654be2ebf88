import { useWindowEvent } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import type { ActivationProgress } from "omicall-partner";
import { useEffect, useRef, useState } from "react";
import { refreshTenant } from "../data/tenants";
import { useClient } from "../session/client";

export type ActivationState =
  | ({ readonly state: "waiting" } & ActivationProgress)
  | { readonly state: "active" | "stopped" }
  | { readonly state: "failed"; readonly error: Error };

/** Waits for the activation of a tenant, as soon as there is one, until it is active or the user stops waiting. */
export function useActivation(id: string | undefined) {
  const client = useClient();
  const queryClient = useQueryClient();
  const [activation, setActivation] = useState<ActivationState>();
  const controllerRef = useRef<AbortController>(undefined);

  const startWaiting = () => {
    if (id === undefined) return;
    const controller = new AbortController();
    controllerRef.current = controller;
    setActivation({ state: "waiting", elapsedMs: 0 });
    client.tenants
      .waitUntilActive(id, {
        signal: controller.signal,
        intervalMs: 500,
        onProgress: (progress) => setActivation({ state: "waiting", ...progress }),
      })
      .then(
        () => {
          setActivation({ state: "active" });
          void refreshTenant(queryClient, client, id).catch(() => {});
        },
        // The abort error of a stopped wait is not shown.
        (error: Error) => !controller.signal.aborted && setActivation({ state: "failed", error }),
      );
  };

  const stopWaiting = () => {
    controllerRef.current?.abort();
    setActivation({ state: "stopped" });
  };

  useEffect(() => {
    startWaiting();
    return () => controllerRef.current?.abort();
    // Runs once for each tenant; other dependencies are left out on purpose.
  }, [id]);

  useWindowEvent("online", () => {
    if (activation?.state === "failed") startWaiting();
  });

  return [activation, startWaiting, stopWaiting] as const;
}
