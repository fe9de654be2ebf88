import type { ClientOptions } from "omicall-partner";
import type { Texts } from "../language/texts";
import type { AccessToken } from "./accessToken";

/** The server and credentials of the portal. Kept in memory only. */
export type Connection =
  /** The sandbox in this page: the demo. */
  | { readonly kind: "page"; readonly baseUrl: string }
  | {
      readonly kind: "sandbox";
      readonly baseUrl: string;
      readonly apiKey: string;
      /** Of the partner who signed in; absent with the default key. */
      readonly email?: string | null | undefined;
    }
  | {
      readonly kind: "real";
      readonly baseUrl: string;
      readonly token: AccessToken;
      /** Of the partner who signed in. */
      readonly email: string | null | undefined;
    };

export const defaultSandbox = {
  kind: "sandbox",
  baseUrl: import.meta.env.VITE_SANDBOX_URL || "http://127.0.0.1:8787",
  apiKey: "sandbox-partner-key",
} satisfies Connection;

/** `npm run demo` and `npm run build -w www -- --mode demo`: a portal that needs no server. */
export const sandboxInPage = import.meta.env.MODE === "demo" ? await import("./sandboxInPage") : undefined;

/** What one click connects to. */
export const defaultConnection: Connection = sandboxInPage
  ? { kind: "page", baseUrl: sandboxInPage.baseUrl }
  : defaultSandbox;

export const realBaseUrl = "https://public-v1-stg.omicall.com";

/** The options of `connect` for one client. */
export function clientOptions(connection: Connection, t: Texts): Pick<ClientOptions, "baseUrl" | "token" | "fetch"> {
  const { baseUrl } = connection;
  switch (connection.kind) {
    case "page":
      return { baseUrl, token: sandboxInPage?.token ?? "", fetch: sandboxInPage?.fetchInPage };
    case "sandbox":
      return { baseUrl, token: () => sandboxToken(connection, t) };
    case "real":
      return { baseUrl, token: connection.token.forClient() };
  }
}

/** The normalized URL of the server. */
export function serverOf({ baseUrl }: Connection): string {
  return (URL.canParse(baseUrl) ? new URL(baseUrl).href : baseUrl).replace(/\/+$/, "");
}

/**
 * Identifies the server and the partner: another partner must not see the payments and the batches of this one, and must
 * not continue them.
 */
export function accountOf(connection: Connection): string {
  const server = serverOf(connection);
  if (connection.kind === "page") return server;
  // The partner of the default key is not asked again after a reload.
  if (connection.kind === "sandbox" && connection.apiKey === defaultSandbox.apiKey) return server;
  return `${server} ${connection.email ?? ""}`;
}

/**
 * Whether a URL points to this machine, or is invalid. A sandbox is only allowed there, so that a connection labelled
 * as a sandbox cannot move real money or receive a real partner's key.
 */
export function isOnThisMachine(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return true;
  // The URL parser has normalized other spellings of these addresses.
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(baseUrl).hostname);
}

/** The reason why there is no token, as a message for the user. */
export class TokenError extends Error {}

/**
 * Exchanges the API key for a token. The page may do this because the sandbox's key is no secret. A real partner's key
 * must stay on a server, which provides the token.
 */
async function sandboxToken({ baseUrl, apiKey }: { baseUrl: string; apiKey: string }, t: Texts): Promise<string> {
  if (!isOnThisMachine(baseUrl)) throw new TokenError(t.signIn.sandboxOnly);
  let body: { message?: string; payload?: { access_token?: string } };
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, "")}/api/auth?apiKey=${encodeURIComponent(apiKey)}`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      cache: "no-store",
    });
    body = await response.json();
  } catch (cause) {
    throw new TokenError(t.token.unreachable, { cause });
  }
  const token = body.payload?.access_token;
  if (!token) throw new TokenError(t.token.refused(body.message ?? "?"));
  return token;
}
