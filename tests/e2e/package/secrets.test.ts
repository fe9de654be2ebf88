// What must never be in an error, an event, a client or on the console: passwords, tokens, keys and bodies.
import { connect, PartnerError } from "omicall-partner";
import type { ClientEvent, ClientOptions, PartnerClient } from "omicall-partner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CONSOLE_METHODS, everything, expectClean as expectNoSecrets } from "./leaks";
import {
  answering,
  connected,
  done,
  expireTokens,
  html,
  json,
  never,
  newTenant,
  newTopUp,
  offline,
  refusal,
  reset,
  SEEDED,
} from "./support";

const secrets = {
  password: "Pl4nted-Passw0rd!",
  token: "planted-token-0123456789",
  apiKey: "PLANTED-API-KEY-1234",
  body: "planted description, which has the fifty characters that it needs",
  answer: "planted answer of the server",
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

/** What the call rejects with, looked at from all sides. */
async function expectCleanFailure(call: Promise<unknown>): Promise<void> {
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

/** `unchecked`: what endpoints whose payload nobody checks take as a success. */
const failures: [string, () => Response | Promise<Response>, unchecked?: true][] = [
  ["a lost connection", () => Promise.reject(new TypeError("connection lost"))],
  ["a timeout", never],
  ["HTML", () => new Response(`<h1>${secrets.answer}</h1>`)],
  ["truncated JSON", () => new Response(`{"status_code":9999,"message":"${secrets.answer}`)],
  ["no envelope", () => json(secrets.answer)],
  ["a wrong envelope", () => json({ status_code: secrets.answer })],
  ["a payload of the wrong type", () => done(secrets.answer), true],
  ["a wrong payload", () => done({ id: [secrets.answer], api_key: [secrets.apiKey], items: secrets.answer }), true],
  ["a refusal", () => refusal("request_invalid")],
  ["a refusal with a payload", () => json({ status_code: -9999, message: "x", payload: { key: secrets.answer } })],
  ["400", () => html(400)],
  ["401", () => html(401)],
  ["403", () => html(403)],
  ["429", () => html(429)],
  ["502", () => new Response(secrets.answer, { status: 502 })],
];

describe("an error", () => {
  test.each(failures)("after %s", async (_name, answer, unchecked) => {
    const events: ClientEvent[] = [];
    for (const language of ["en", "vi"] as const) {
      const omi = await offline(answering(answer), {
        token: secrets.token,
        timeoutMs: 50,
        maxRetries: 0,
        language,
        onEvent: (event) => events.push(event),
      });
      await expectCleanFailure(omi.tenants.create(params));
      await expectCleanFailure(omi.tenants.get("a1"));
      await expectCleanFailure(Promise.resolve(omi.tenants.list()));
      if (!unchecked) {
        await expectCleanFailure(omi.tenants.topUp(topUp));
        await expectCleanFailure(omi.request("GET", "/api/auth", { query: { apiKey: secrets.apiKey } }));
        await expectCleanFailure(omi.request("POST", "/api/x", { body: { password: secrets.password } }));
      }
    }
    expect(events.length).toBeGreaterThan(0);
    expectClean(JSON.stringify(events));
  });

  test("whose code is a sentence of the server that quotes the request", async () => {
    const words = `bad password ${secrets.password} of ${secrets.token}`;
    for (const body of [refusal(words), json({ status_code: -9999, payload: { error: words } })]) {
      for (const language of ["en", "vi"] as const) {
        const omi = await offline(
          answering(() => body.clone()),
          { language },
        );
        const error: unknown = await omi.tenants.create(params).catch((reason: unknown) => reason);
        // The code is the server's own word; a person reads the message.
        expect(error).toMatchObject({ name: "ApiError", code: words });
        if (error instanceof PartnerError) expectClean(error.message);
      }
    }
  });

  test("of the arguments", async () => {
    const omi = await offline(answering(never), { token: secrets.token });
    const bad = { ...params, password: "planted-password!", email: "x" };
    const error = await omi.tenants.create(bad).catch((reason: unknown) => reason);
    expect(everything(error)).not.toContain("planted-password!");
    await expectCleanFailure(omi.tenants.topUp({ ...topUp, amount: 1 }));
    await expectCleanFailure(omi.tenants.get(`${secrets.apiKey}/..`));
    await expectCleanFailure(omi.request("GET", `/api/x?apiKey=${secrets.apiKey}`));
    await expectCleanFailure(omi.request("POST", "/api/../x", { body: secrets.body }));
  });

  test("of the options", async () => {
    const bad: ClientOptions[] = [
      { baseUrl: "https://api.example.com", token: `${secrets.token}\r\nX-Evil: 1` },
      { baseUrl: "https://api.example.com", token: `Bearer ${secrets.token}` },
      { baseUrl: `https://me:${secrets.password}@api.example.com`, token: secrets.token },
      { baseUrl: `https://api.example.com?key=${secrets.apiKey}`, token: secrets.token },
    ];
    for (const options of bad) await expectCleanFailure(connect(options));
  });

  test("of a provider's answer", async () => {
    const call = (token: ClientOptions["token"]) =>
      offline(answering(never), { token }).then((omi) => omi.tenants.create(params));
    await expectCleanFailure(call(() => `${secrets.token}\n`));
    await expectCleanFailure(call(async () => `Bearer ${secrets.token}`));
  });

  test("from the sandbox and from the browser itself", async () => {
    const omi = await connected({ token: secrets.token });
    await expectCleanFailure(omi.tenants.create(params));
    await expectCleanFailure(omi.request("GET", "/api/auth", { query: { apiKey: secrets.apiKey } }));
    const nowhere = await connected({ baseUrl: "http://127.0.0.1:1", token: secrets.token, maxRetries: 0 });
    await expectCleanFailure(nowhere.tenants.create(params));
    await expectCleanFailure(nowhere.request("GET", "/api/auth", { query: { apiKey: secrets.apiKey } }));
  });
});

describe("a client", () => {
  const shown = (omi: PartnerClient) => `${JSON.stringify(omi)} ${everything(omi)} ${String(omi)}`;

  test("shows no token, neither a fixed one nor a provider's", async () => {
    for (const token of [secrets.token, () => secrets.token]) {
      const omi = await offline(
        answering(() => done({ id: "a1" })),
        { token },
      );
      await omi.tenants.create(params);
      expectClean(shown(omi));
      expectClean(everything(omi.tenants));
    }
  });

  test("tells no secret in its events", async () => {
    const events: ClientEvent[] = [];
    const omi = await connected({ onEvent: (event) => events.push(event) });
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
