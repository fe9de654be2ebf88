// What this tab keeps for a reload, in sessionStorage: where the user was signed in, never a token or a key.
import { type Connection, defaultConnection, defaultSandbox, isOnThisMachine, realBaseUrl } from "./connection";

const KEY = "omicall-portal-session";

/** Keeps the address, unless an API key belongs to it that would have to be kept too. */
export function remember(connection: Connection) {
  const { kind, baseUrl } = connection;
  if (kind === "sandbox" && connection.apiKey !== defaultSandbox.apiKey) return forget();
  ignoreBlocked(() => sessionStorage.setItem(KEY, JSON.stringify({ kind, baseUrl })));
}

export function forget() {
  ignoreBlocked(() => sessionStorage.removeItem(KEY));
}

export interface Remembered {
  /** The sandbox that was chosen, which needs no sign-in. */
  readonly connection?: Connection;
  /** The address for the form that asks for a token. */
  readonly realUrl: string;
}

export function remembered(): Remembered {
  const { kind, baseUrl } = read();
  if (kind === "real" && baseUrl !== undefined) return { realUrl: baseUrl };
  if (kind === "page" && defaultConnection.kind === "page")
    return { connection: defaultConnection, realUrl: realBaseUrl };
  if (kind === "sandbox") {
    const sandbox = { ...defaultSandbox, baseUrl: baseUrl ?? defaultSandbox.baseUrl };
    if (isOnThisMachine(sandbox.baseUrl)) return { connection: sandbox, realUrl: realBaseUrl };
  }
  return { realUrl: realBaseUrl };
}

function read(): { kind?: string; baseUrl?: string | undefined } {
  try {
    const { kind, baseUrl } = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    return { kind, baseUrl: typeof baseUrl === "string" ? baseUrl : undefined };
  } catch {
    return {};
  }
}

/** Where storage is blocked, a reload asks the user to sign in again. */
function ignoreBlocked(write: () => void) {
  try {
    write();
  } catch {
    // Not kept.
  }
}
