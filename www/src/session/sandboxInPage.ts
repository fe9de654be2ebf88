// The sandbox of the demo, which runs in this page. Its books survive a reload, and all tabs share them.
import { get, set } from "idb-keyval";
import { createSandbox } from "omicall-partner-sandbox";

const NAME = "omicall-sandbox";

interface Books {
  /** How often the books were saved, by any tab. */
  readonly revision: number;
  readonly snapshot: string;
}

const sandbox = await createSandbox({ latencyMs: 150, activationMs: [1500, 3000] });
/** Of the books that the sandbox has. */
let revision = 0;

export const { baseUrl } = sandbox;

export const token = () => sandbox.token();

/** The sandbox's `fetch`. A request that changes the books runs alone, in all tabs, and is answered when it was saved. */
export function fetchInPage(url: string, init: RequestInit): Promise<Response> {
  const send = () => sandbox.fetch(url, init);
  const changes = init.method === "POST" && !url.includes("/tenant/list");
  return changes ? change(send) : withBooks("shared", send);
}

/** Restores the sample data, for all tabs. */
export const reset = () => change(() => sandbox.reset());

/** Also what was aborted, or fails otherwise, may have changed the books. */
const change = <T>(action: () => Promise<T>): Promise<T> => withBooks("exclusive", () => action().finally(save));

/** Runs an action on the books that were saved last. Nobody restores or saves books while an action changes them. */
function withBooks<T>(mode: LockMode, action: () => Promise<T>): Promise<T> {
  const run = () => load().then(action);
  // Absent on pages without HTTPS, whatever the types say. There, tabs may overwrite each other's books.
  const locks: LockManager | undefined = navigator.locks;
  return locks ? locks.request(NAME, { mode }, run) : run();
}

async function load(): Promise<void> {
  try {
    const saved = await get<Books>(NAME);
    if (!saved || saved.revision <= revision) return;
    await sandbox.restore(saved.snapshot);
    revision = saved.revision;
  } catch (error) {
    warn(error); // no storage, or books of another version of the sandbox
  }
}

async function save(): Promise<void> {
  try {
    const books: Books = { revision: revision + 1, snapshot: await sandbox.snapshot() };
    await set(NAME, books);
    revision = books.revision;
  } catch (error) {
    warn(error);
  }
}

const warn = (error: unknown) => console.warn("The books of the sandbox are kept in this tab's memory only:", error);
