import { type ClientOptions, connect, type Language, type Partner } from "omicall-partner";

/** Lets the SDK validate the options, and reads the partner's account: so the server accepts the token. */
export async function checkConnection(options: ClientOptions & { language: Language }): Promise<Partner> {
  const client = await connect({ maxRetries: 1, timeoutMs: 15_000, ...options });
  try {
    return await client.account.me();
  } finally {
    client.close();
  }
}
