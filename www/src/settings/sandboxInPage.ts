// The sandbox of the demo, which runs in this page. Its books survive a reload, and all tabs share them.
import { del, get, setMany } from "idb-keyval";
import { createSandbox } from "omicall-partner-sandbox";

const REVISION = "omicall-sandbox-revision";
const SNAPSHOT = "omicall-sandbox-snapshot";

const sandbox = await createSandbox({ latencyMs: 150, activationMs: [1500, 3000] });
/** Of the snapshot that the sandbox has, or has made: a number that each save increases. */
let revision = 0;

export const { baseUrl } = sandbox;

export const token = () => sandbox.token();

/** The sandbox's `fetch`. What changes the books is done one after the other in all tabs, and answered when it was saved. */
export async function fetchInPage(url: string, init: RequestInit): Promise<Response> {
  const send = async () => {
    await load();
    return sandbox.fetch(url, init);
  };
  if (init.method !== "POST" || url.includes("/tenant/list")) return send();
  return exclusively(async () => {
    const response = await send();
    await save();
    return response;
  });
}

/** Restores the sample data, for all tabs. */
export async function reset(): Promise<void> {
  await exclusively(async () => {
    await load();
    await sandbox.reset();
    await save();
  });
}

async function load(): Promise<void> {
  // A browser without storage has the books in memory only.
  const saved = (await get<number>(REVISION).catch(() => undefined)) ?? 0;
  if (saved <= revision) return;
  const snapshot = await get<string>(SNAPSHOT);
  revision = saved;
  // A snapshot of another version of the sandbox is given up.
  if (snapshot) await sandbox.restore(snapshot).catch(() => del(SNAPSHOT));
}

async function save(): Promise<void> {
  revision++;
  const entries: [string, unknown][] = [
    [SNAPSHOT, await sandbox.snapshot()],
    [REVISION, revision],
  ];
  await setMany(entries).catch(() => undefined);
}

/** Web Locks are absent on pages without HTTPS, whatever the types say. */
function exclusively<T>(action: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = navigator.locks;
  return locks ? locks.request("omicall-sandbox", action) : action();
}
