// Makes the pending writes of pages that are gone unknown. Each page holds a Web Lock until it is gone.
import { liveQuery } from "dexie";
import { journal } from "./database";

// Absent on pages without HTTPS, whatever the types say.
const locks: LockManager | undefined = navigator.locks;

/** Identifies this page, in all tabs of this browser. */
export const pageId = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

const lockOf = (page: string) => `omicall-portal-page-${page}`;

/** Resolves when this page holds its lock, or when locks are blocked. Until then, no write may be sent. */
export const pageLock = new Promise<void>((resolve) => {
  const hold = () => {
    resolve();
    return new Promise<never>(() => {});
  };
  if (locks) locks.request(lockOf(pageId), hold).catch(() => resolve());
  else resolve();
});

/** Makes pending writes of other pages unknown as soon as their page is gone. Must be called at the start. */
export function watchPages() {
  const watched = new Set([pageId]);
  const watch = async (page: string) => {
    if (watched.has(page)) return;
    watched.add(page);
    await pageGone(page);
    await markUnknown(page).catch(warn);
    watched.delete(page);
  };
  liveQuery(() => journal.writes.where("state").equals("pending").toArray()).subscribe({
    next: (pending) => pending.forEach(({ page }) => void watch(page)),
    error: warn,
  });
}

/**
 * Resolves when another page is gone: closed, reloaded or crashed. Without locks, this is unknown, so it resolves
 * immediately: a write whose outcome counts as unknown is not sent again, and it is corrected when its response arrives.
 */
export async function pageGone(page: string): Promise<void> {
  await locks?.request(lockOf(page), { mode: "shared" }, () => {}).catch(() => {});
}

const markUnknown = (page: string) =>
  journal.writes
    .where("state")
    .equals("pending")
    .filter((write) => write.page === page)
    .modify({ state: "unknown" });

const warn = (error: unknown) => console.warn("The journal cannot be used:", error);
