// No error, event, client or console output may contain passwords, tokens, API keys or bodies.
import { connect, PartnerError } from "omicall-partner";
import type { ClientEvent, ClientOptions, PartnerClient } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CONSOLE_METHODS, everything, expectNoSecrets } from "./leaks";
import {
  respondingFetch,
  sandboxClient,
  success,
  expireTokens,
  html,
  json,
  neverResponds,
  newTenant,
  newTopUp,
  stubbedClient,
  apiError,
  reset,
  SEEDED,
} from "./support";

const secrets = {
  password: "Pl4nted-Passw0rd!",
  token: "planted-token-0123456789",
  apiKey: "PLANTED-API-KEY-1234",
  body: "planted description, which has the fifty characters that it needs",
  responseText: "planted text of the response",
};

const params = newTenant({ password: secrets.password });
const topUp = newTopUp({ description: secrets.body });

const expectClean = (text: string) => expectNoSecrets(text, secrets);

beforeEach(async () => {
  await reset();
  for (const method of CONSOLE_METHODS) vi.spyOn(console, method);
});

afterEach(() => {
  for (const method of CONSOLE_METHODS) expect(console[method]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

/** Expects that the call rejects, and that no representation of its error contains a secret. */
async function expectCleanRejection(call: Promise<unknown>): Promise<void> {
  const error: unknown = await call.then(
    () => expect.unreachable("resolved"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PartnerError)) throw error;
  expectClean(String(error));
  expectClean(error.message);
  expectClean(JSON.stringify(error));
  expectClean(JSON.stringify({ ...error }));
  expectClean(everything(error));
}

/** `unchecked`: endpoints whose payload is not checked accept this response as a success. */
const failures: [string, () => Response | Promise<Response>, unchecked?: true][] = [
  ["a lost connection", () => Promise.reject(new TypeError("connection lost"))],
  ["a timeout", neverResponds],
  ["HTML", () => new Response(`<h1>${secrets.responseText}</h1>`)],
  ["truncated JSON", () => new Response(`{"status_code":9999,"message":"${secrets.responseText}`)],
  ["no envelope", () => json(secrets.responseText)],
  ["a wrong envelope", () => json({ status_code: secrets.responseText })],
  ["a payload of the wrong type", () => success(secrets.responseText), true],
  [
    "a wrong payload",
    () => success({ id: [secrets.responseText], api_key: [secrets.apiKey], items: secrets.responseText }),
    true,
  ],
  ["an error envelope", () => apiError("request_invalid")],
  [
    "an error envelope with a payload",
    () => json({ status_code: -9999, message: "x", payload: { key: secrets.responseText } }),
  ],
  ["400", () => html(400)],
  ["401", () => html(401)],
  ["403", () => html(403)],
  ["429", () => html(429)],
  ["502", () => new Response(secrets.responseText, { status: 502 })],
];

describe("an error", () => {
  test.each(failures)("after %s", async (_name, respond, unchecked) => {
    const events: ClientEvent[] = [];
    for (const language of ["en", "vi"] as const) {
      const omi = await stubbedClient(respondingFetch(respond), {
        token: secrets.token,
        timeoutMs: 50,
        maxRetries: 0,
        language,
        onEvent: (event) => events.push(event),
      });
      await expectCleanRejection(omi.tenants.create(params));
      await expectCleanRejection(omi.tenants.get("a1"));
      await expectCleanRejection(Promise.resolve(omi.tenants.list()));
      if (!unchecked) {
        await expectCleanRejection(omi.tenants.topUp(topUp));
        await expectCleanRejection(omi.request("GET", "/api/auth", { query: { apiKey: secrets.apiKey } }));
        await expectCleanRejection(omi.request("POST", "/api/x", { body: { password: secrets.password } }));
      }
    }
    expect(events.length).toBeGreaterThan(0);
    expectClean(JSON.stringify(events));
  });

  test("whose code is a sentence of the server that contains request data", async () => {
    const sentence = `bad password ${secrets.password} of ${secrets.token}`;
    for (const body of [apiError(sentence), json({ status_code: -9999, payload: { error: sentence } })]) {
      for (const language of ["en", "vi"] as const) {
        const omi = await stubbedClient(
          respondingFetch(() => body.clone()),
          { language },
        );
        const error: unknown = await omi.tenants.create(params).catch((reason: unknown) => reason);
        // The code is passed on unchanged; only the message, which people read, must not contain it.
        expect(error).toMatchObject({ name: "ApiError", code: sentence });
        if (error instanceof PartnerError) expectClean(error.message);
      }
    }
  });

  test("about arguments", async () => {
    const omi = await stubbedClient(respondingFetch(neverResponds), { token: secrets.token });
    const bad = { ...params, password: "planted-password!", email: "x" };
    const error = await omi.tenants.create(bad).catch((reason: unknown) => reason);
    expect(everything(error)).not.toContain("planted-password!");
    await expectCleanRejection(omi.tenants.topUp({ ...topUp, amount: 1 }));
    await expectCleanRejection(omi.tenants.get(`${secrets.apiKey}/..`));
    await expectCleanRejection(omi.request("GET", `/api/x?apiKey=${secrets.apiKey}`));
    await expectCleanRejection(omi.request("POST", "/api/../x", { body: secrets.body }));
  });

  test("about the options of connect", async () => {
    const bad: ClientOptions[] = [
      { baseUrl: "https://api.example.com", token: `${secrets.token}\r\nX-Evil: 1` },
      { baseUrl: "https://api.example.com", token: `Bearer ${secrets.token}` },
      { baseUrl: `https://me:${secrets.password}@api.example.com`, token: secrets.token },
      { baseUrl: `https://api.example.com?key=${secrets.apiKey}`, token: secrets.token },
    ];
    for (const options of bad) await expectCleanRejection(connect(options));
  });

  test("about the result of a token provider", async () => {
    const call = (token: ClientOptions["token"]) =>
      stubbedClient(respondingFetch(neverResponds), { token }).then((omi) => omi.tenants.create(params));
    await expectCleanRejection(call(() => `${secrets.token}\n`));
    await expectCleanRejection(call(async () => `Bearer ${secrets.token}`));
  });

  test("caused by the sandbox and by the browser itself", async () => {
    const omi = await sandboxClient({ token: secrets.token });
    await expectCleanRejection(omi.tenants.create(params));
    await expectCleanRejection(omi.request("GET", "/api/auth", { query: { apiKey: secrets.apiKey } }));
    const unreachable = await sandboxClient({ baseUrl: "http://127.0.0.1:1", token: secrets.token, maxRetries: 0 });
    await expectCleanRejection(unreachable.tenants.create(params));
    await expectCleanRejection(unreachable.request("GET", "/api/auth", { query: { apiKey: secrets.apiKey } }));
  });
});

describe("a client", () => {
  const representations = (omi: PartnerClient) => `${JSON.stringify(omi)} ${everything(omi)} ${String(omi)}`;

  test("contains neither a fixed token nor a provider's token", async () => {
    for (const token of [secrets.token, () => secrets.token]) {
      const omi = await stubbedClient(
        respondingFetch(() => success({ id: "a1" })),
        { token },
      );
      await omi.tenants.create(params);
      expectClean(representations(omi));
      expectClean(everything(omi.tenants));
    }
  });

  test("emits no secret in its events", async () => {
    const events: ClientEvent[] = [];
    const omi = await sandboxClient({ onEvent: (event) => events.push(event) });
    const { payload } = { payload: await omi.tenants.get(SEEDED.id) };
    await omi.tenants.create(params);
    await omi.tenants.topUp(topUp);
    await omi.request("GET", "/api/auth", { query: { apiKey: SEEDED.apiKey } });
    await expireTokens();
    await omi.tenants.get(SEEDED.id).catch(() => {});
    const text = JSON.stringify(events);
    expectClean(text);
    for (const secret of [payload.api_key, SEEDED.apiKey, SEEDED.id, params.email, SEEDED.email]) {
      expect(text).not.toContain(secret);
    }
    const types = new Set(events.map(({ type }) => type));
    expect(types).toEqual(new Set(["request", "response"]));
  });
});
