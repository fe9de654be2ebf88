import type { ClientOptions } from "omicall-partner";
import type { Texts } from "../i18n";

/** Where the portal is connected to. Lives in memory only. */
export type Connection =
  | { readonly kind: "sandbox"; readonly baseUrl: string; readonly apiKey: string }
  | { readonly kind: "real"; readonly baseUrl: string; readonly token: string };

export const defaultSandbox = {
  kind: "sandbox",
  baseUrl: import.meta.env.VITE_SANDBOX_URL || "http://127.0.0.1:8787",
  apiKey: "sandbox-partner-key",
} satisfies Connection;

export const realBaseUrl = "https://public-v1-stg.omicall.com";

export function clientOptions(connection: Connection, t: Texts): Pick<ClientOptions, "baseUrl" | "token"> {
  const { baseUrl } = connection;
  return { baseUrl, token: connection.kind === "real" ? connection.token : () => sandboxToken(connection, t) };
}

/** The server's address in one spelling. */
export function serverOf({ baseUrl }: Connection): string {
  return (URL.canParse(baseUrl) ? new URL(baseUrl).href : baseUrl).replace(/\/+$/, "");
}

/**
 * Whether an address is on this machine, or no address at all. Only there is a sandbox: what looks like one must not be able to
 * move real money, nor get a real partner's key.
 */
export function isOnThisMachine(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return true;
  // As the browser will read it: other spellings of these addresses have become these.
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(baseUrl).hostname);
}

/** Why there is no token, in words for the person at the screen. */
export class TokenError extends Error {}

/**
 * The sandbox's key is no secret, so the page itself may exchange it. A real partner's key belongs on a server: the token
 * would come from there.
 */
async function sandboxToken({ baseUrl, apiKey }: { baseUrl: string; apiKey: string }, t: Texts): Promise<string> {
  if (!isOnThisMachine(baseUrl)) throw new TokenError(t.settings.sandboxOnly);
  let answer: { message?: string; payload?: { access_token?: string } };
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, "")}/api/auth?apiKey=${encodeURIComponent(apiKey)}`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      cache: "no-store",
    });
    answer = await response.json();
  } catch (cause) {
    throw new TokenError(t.token.unreachable, { cause });
  }
  const token = answer.payload?.access_token;
  if (!token) throw new TokenError(t.token.refused(answer.message ?? "?"));
  return token;
}
