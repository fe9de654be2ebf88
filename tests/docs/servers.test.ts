// The token servers of the guide, in TypeScript and in Rust, and the page that calls them.
import { pathToFileURL } from "node:url";
import type { PartnerClient } from "omicall-partner";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { buildProgram, freePort } from "../../scripts/lib.mjs";
import { compile } from "./compile";
import { fileOf } from "./documents";
import { run, withServer } from "./process";
import { expireTokens, requests, reset, SANDBOX } from "./sandbox";
import { writeSources } from "./typecheck";

const guide = "docs/guides/token-backend.md";
const environment = { OMICALL_URL: SANDBOX, OMICALL_API_KEY: "sandbox-partner-key" };

interface Server {
  readonly name: string;
  /** Builds the server, and returns a function that starts it. */
  readonly build: () => Promise<(use: (url: string) => Promise<void>, env?: Record<string, string>) => Promise<void>>;
}

const ready = /^listening on (http:\S+)/;

const servers: Server[] = [
  {
    name: "Express",
    build: async () => {
      const program = await compile(fileOf(guide, "token-server.ts"));
      return async (use, env) => {
        const PORT = String(await freePort(0));
        const all = { ...environment, PORT, ...env };
        await withServer(process.execPath, [program], all, ready, ([, url = ""]) => use(url));
      };
    },
  },
  {
    name: "axum",
    build: async () => {
      const program = await buildProgram("the token server", "omicall-token-server");
      return async (use, env) => {
        const all = { ...environment, ADDRESS: "127.0.0.1:0", ...env };
        await withServer(program, [], all, ready, ([, url = ""]) => use(url));
      };
    },
  },
];

let pages = 0;
let page: string;

/** Loads the page's module of the guide for a signed-in user of this server. */
async function openPage(server: string): Promise<PartnerClient> {
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) =>
    input === "/omi-token"
      ? fetch(server + input, { ...init, headers: { cookie: "session=test" } })
      : fetch(input, init),
  );
  const { connectOmi }: { connectOmi: () => Promise<PartnerClient> } = await import(
    `${pathToFileURL(page).href}?${++pages}`
  );
  return connectOmi();
}

const tokenRequests = async () => (await requests())["GET /api/auth"] ?? 0;

beforeAll(async () => {
  writeSources();
  page = await compile(fileOf(guide, "omi.ts"));
});
beforeEach(reset);
afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(servers)("$name", ({ build }) => {
  let start: Awaited<ReturnType<Server["build"]>>;
  beforeAll(async () => {
    start = await build();
  }, 600_000);

  test("issues no token to a user who is not signed in", () =>
    start(async (url) => {
      const response = await fetch(`${url}/omi-token`, { method: "POST" });
      expect(response.status).toBe(401);
      expect(await tokenRequests()).toBe(0);
    }));

  test("responds as the guide says: not cached, without CORS headers", () =>
    start(async (url) => {
      const response = await fetch(`${url}/omi-token`, { method: "POST", headers: { cookie: "session=test" } });
      expect(await response.text()).toMatch(/^\S{20,}$/);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("access-control-allow-origin")).toBe(null);
    }));

  test("pages share a token, and continue with a new one when it is refused", () =>
    start(async (url) => {
      const [first, second] = [await openPage(url), await openPage(url)];
      for (const omi of [first, second]) expect((await omi.tenants.list({ size: 3 })).items).toHaveLength(3);
      expect(await tokenRequests()).toBe(1);
      await expireTokens();
      for (const omi of [first, second]) expect((await omi.tenants.list({ size: 3 })).items).toHaveLength(3);
      expect(await tokenRequests()).toBe(2);
    }));

  test("a wrong key causes token_unavailable in the page, and no response contains the key", () =>
    start(
      async (url) => {
        const omi = await openPage(url);
        await expect(omi.tenants.list()).rejects.toMatchObject({
          name: "AuthenticationError",
          code: "token_unavailable",
          cause: { message: expect.stringMatching(/^no token: HTTP 502$/) },
        });
        const response = await fetch(`${url}/omi-token`, { method: "POST", headers: { cookie: "session=test" } });
        expect(await response.text()).not.toContain("wrong-key");
      },
      { OMICALL_API_KEY: "wrong-key" },
    ));

  test("an unreachable API causes a 502 that does not contain the key", () =>
    start(
      async (url) => {
        const response = await fetch(`${url}/omi-token`, { method: "POST", headers: { cookie: "session=test" } });
        expect(response.status).toBe(502);
        expect(await response.text()).not.toContain("sandbox-partner-key");
      },
      { OMICALL_URL: "http://127.0.0.1:1" },
    ));
});

test("Express: without a key, or with an invalid address, it exits at the start, and does not show the key", async () => {
  const program = await compile(fileOf(guide, "token-server.ts"));
  const start = (env: Record<string, string>) => run(process.execPath, [program], { ...environment, ...env });
  expect(await start({ OMICALL_API_KEY: "" })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("is not set"),
  });
  const { code, stdout, stderr } = await start({ OMICALL_URL: "nowhere" });
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain("sandbox-partner-key");
});

describe("the proxy that checks the session", () => {
  /** Starts the guide's proxy, and loads the page's module of the guide on the proxy's origin. */
  async function withPage(cookie: string, use: (omi: PartnerClient) => Promise<void>): Promise<void> {
    const program = await compile(fileOf(guide, "proxy.ts"));
    const proxied = await compile(fileOf(guide, "proxied.ts"));
    const env = { OMICALL_URL: SANDBOX, PORT: String(await freePort(0)) };
    await withServer(process.execPath, [program], env, ready, async ([, origin = ""]) => {
      const { fetch } = globalThis;
      const token = (await (await fetch(`${SANDBOX}/api/auth?apiKey=sandbox-partner-key`)).json()) as {
        payload: { access_token: string };
      };
      vi.stubGlobal("location", { origin });
      // As a browser: cookies go to the page's own origin only, and only where the request allows it.
      vi.stubGlobal("fetch", (input: string | Request, init?: RequestInit) => {
        if (input === "/omi-token") return Promise.resolve(new Response(token.payload.access_token));
        if (!(input instanceof Request)) return fetch(input, init);
        const isSent = input.credentials === "same-origin" && input.url.startsWith(`${origin}/`);
        return fetch(isSent ? new Request(input, { headers: [...input.headers, ["cookie", cookie]] }) : input);
      });
      const { connectOmi }: { connectOmi: () => Promise<PartnerClient> } = await import(
        `${pathToFileURL(proxied).href}?${++pages}`
      );
      const omi = await connectOmi();
      await use(omi);
    });
  }

  test("forwards the requests of a signed-in user", () =>
    withPage("session=test", async (omi) => {
      const { items } = await omi.tenants.list({ size: 3 });
      expect(items).toHaveLength(3);
      const [first = expect.unreachable()] = items;
      expect(await omi.tenants.get(first.id)).toMatchObject({ email: first.email });
    }));

  test("refuses everybody else, and asks the API nothing", () =>
    withPage("session=other", async (omi) => {
      const before = await requests();
      await expect(omi.tenants.list()).rejects.toMatchObject({ name: "AuthenticationError", httpStatus: 401 });
      expect(await requests()).toEqual(before);
    }));
});
