// The batches that this page runs. A batch is run by one page at a time, which holds a Web Lock for it.
import { useQueryClient } from "@tanstack/react-query";
import type { PartnerClient } from "omicall-partner";
import { useEffect, useState } from "react";
import { tenantsKey } from "../data/tenants";
import { notify } from "../display/notify";
import { pageGone, pageId } from "../journal/page";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { markInterrupted, removeBatch, updateBatch } from "./journal";
import type { Batch } from "./model";
import { type RunEnd, runBatch } from "./runner";

// Absent on pages without HTTPS, whatever the types say. Then two pages share the rows: each row is still sent once.
const locks: LockManager | undefined = navigator.locks;

/** The runs of this page, also those that have ended. */
const runs = new Map<string, Promise<RunEnd>>();
let running = 0;

/** Runs a batch as soon as no other page does. */
function startRun(id: string, client: PartnerClient): Promise<RunEnd> {
  const run = holdLock(id, async () => {
    running += 1;
    window.addEventListener("beforeunload", confirmLeaving);
    try {
      await updateBatch(id, { runner: pageId });
      return await runBatch(id, client);
    } finally {
      running -= 1;
      if (running === 0) window.removeEventListener("beforeunload", confirmLeaving);
      await updateBatch(id, { runner: null, waitUntil: null });
    }
  });
  runs.set(id, run);
  return run;
}

/** Continues a run of this page that has ended because its client was closed. */
async function continueRun(id: string, client: PartnerClient, signal: AbortSignal): Promise<RunEnd | undefined> {
  const run = runs.get(id);
  const end = await run?.catch(() => undefined);
  return end === "closed" && !signal.aborted && runs.get(id) === run ? startRun(id, client) : undefined;
}

/** Marks the rows of a page that is gone, unless a page runs the batch. */
export const recoverRows = (id: string) =>
  locks?.request(lockOf(id), { ifAvailable: true }, (lock) => lock && markInterrupted(id));

/** Removes a batch, unless a page runs it: the outcomes of its requests would be lost. Returns whether it was removed. */
export async function removeIdleBatch(id: string): Promise<boolean> {
  const remove = async () => {
    await removeBatch(id);
    return true;
  };
  if (!locks) return remove();
  return locks.request(lockOf(id), { ifAvailable: true }, (lock) => (lock ? remove() : false));
}

const lockOf = (id: string) => `omicall-portal-batch-${id}`;

const holdLock = <Result>(id: string, use: () => Promise<Result>): Promise<Result> =>
  locks ? locks.request(lockOf(id), use) : use();

/** The responses of the requests that are in progress would be lost. */
function confirmLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}

/** Which page runs a batch: this one, another tab, or none. */
export function useRunner({ runner }: Batch): "here" | "elsewhere" | "nowhere" {
  const [gone, setGone] = useState<string>();
  useEffect(() => {
    if (runner !== null && runner !== pageId) void pageGone(runner).then(() => setGone(runner));
  }, [runner]);
  if (runner === null || runner === gone) return "nowhere";
  return runner === pageId ? "here" : "elsewhere";
}

/** Returns a function that runs a batch in this page. */
export function useRunBatch(): (id: string) => void {
  const client = useClient();
  const showEnd = useShowEnd();
  return (id) => showEnd(startRun(id, client));
}

/** Continues the run of a batch when the client is replaced, because the user has chosen another language. */
export function useContinuedRun(id: string) {
  const client = useClient();
  const showEnd = useShowEnd();
  useEffect(() => {
    const controller = new AbortController();
    showEnd(continueRun(id, client, controller.signal));
    return () => controller.abort();
    // A run is continued once for each client; other dependencies are left out on purpose.
  }, [id, client]);
}

function useShowEnd() {
  const { t } = useLanguage();
  const queryClient = useQueryClient();
  return (run: Promise<RunEnd | undefined>) => {
    run.then(
      (end) => end && queryClient.invalidateQueries({ queryKey: tenantsKey }),
      (error: unknown) => {
        console.warn("A batch has stopped:", error);
        notify("error", { title: (t) => t.batch.stopped, message: (t) => t.batch.stoppedHint, closeLabel: t.close });
      },
    );
  };
}
