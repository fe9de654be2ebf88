// The outcomes that this page could not record, for example because the disk is full. The journal still has their writes as
// pending, so other tabs block further payments. This page shows the outcomes, and records them before its next write.
import { useSyncExternalStore } from "react";
import { journal } from "./database";
import type { Write } from "./model";

let unrecorded: ReadonlyMap<string, Write> = new Map();
const listeners = new Set<() => void>();

function change(next: ReadonlyMap<string, Write>) {
  unrecorded = next;
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Records a write with its outcome. If that fails, this page keeps it. */
export async function recordOutcome(write: Write) {
  try {
    await put(write);
  } catch (error) {
    console.warn("The outcome of a write could not be recorded:", error);
    change(new Map(unrecorded).set(write.id, write));
  }
}

/** Records the outcomes that could not be recorded; rejects if it fails again. */
export async function recordUnrecorded() {
  for (const write of unrecorded.values()) {
    await put(write);
    const others = new Map(unrecorded);
    others.delete(write.id);
    change(others);
  }
}

async function put(write: Write) {
  if (write.kind === "creation" && write.state !== "unknown") await journal.writes.delete(write.id);
  // Also if the user has removed the site's data meanwhile.
  else await journal.writes.put(write);
}

/** Replaces writes of the journal by those whose outcome this page could not record. */
export function useWithUnrecorded(): (write: Write) => Write {
  const known = useSyncExternalStore(subscribe, () => unrecorded);
  return (write) => known.get(write.id) ?? write;
}
