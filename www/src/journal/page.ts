// Tells whether the page that sent a write is still open, by a Web Lock that each page holds until it is gone.

// Absent on pages without HTTPS, whatever the types say.
const locks: LockManager | undefined = navigator.locks;

/** Identifies this page, in all tabs of this browser. */
export const pageId = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

const lockOf = (page: string) => `omicall-portal-page-${page}`;

/** Holds this page's lock. Resolves when it is held, or when locks are blocked. Must be called before the first write. */
export function holdPageLock(): Promise<void> {
  return new Promise((resolve) => {
    const hold = () => {
      resolve();
      return new Promise<never>(() => {});
    };
    if (locks) locks.request(lockOf(pageId), hold).catch(() => resolve());
    else resolve();
  });
}

/**
 * Resolves when another page is gone: closed, reloaded or crashed. Without locks, this is unknown, so it resolves
 * immediately: a write whose outcome counts as unknown is not sent again, and it is corrected when its response arrives.
 */
export async function pageGone(page: string): Promise<void> {
  await locks?.request(lockOf(page), { mode: "shared" }, () => {}).catch(() => {});
}
