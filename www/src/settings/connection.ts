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

/** Why there is no token, in words for the person at the screen. */
export class TokenError extends Error {}

/**
 * The sandbox's key is no secret, so the page itself may exchange it. A real partner's key belongs on a server: the token
 * would come from there.
 */
async function sandboxToken({ baseUrl, apiKey }: { baseUrl: string; apiKey: string }, t: Texts): Promise<string> {
  let answer: { message?: string; payload?: { access_token?: string } };
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, "")}/api/auth?apiKey=${encodeURIComponent(apiKey)}`);
    answer = await response.json();
  } catch (cause) {
    throw new TokenError(t.token.unreachable, { cause });
  }
  const token = answer.payload?.access_token;
  if (!token) throw new TokenError(t.token.refused(answer.message ?? "?"));
  return token;
}
