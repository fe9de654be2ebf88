// Loading of the WebAssembly core. It is loaded once per copy of the package, so each test imports its own copy.
import type * as Package from "omicall-partner";
import wasmUrl from "omicall-partner/omicall_partner_bg.wasm?url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import packageUrl from "../../../pkg/dist/index.js?url";
import { success, SANDBOX, SEEDED, signIn } from "./support";

let copies = 0;

/** The URL of a new copy of the package. */
const nextCopyUrl = () => `${new URL(packageUrl, location.href).href}?copy=${++copies}`;
const freshPackage = async () => (await import(/* @vite-ignore */ nextCopyUrl())) as typeof Package;

const options = { baseUrl: "https://api.example.com", token: "test-token" };
const FIREFOX = navigator.userAgent.includes("Firefox");
const WASM = /omicall_partner_bg\.wasm/;

/** The URLs that the page's `fetch` was called with. */
let fetched: string[];

beforeEach(() => {
  fetched = [];
  const fetch = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    fetched.push(input instanceof Request ? input.url : String(input));
    return fetch(input, init);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** A call that succeeds proves that the core runs. */
async function expectWorking({ connect }: typeof Package, wasm?: Package.WasmSource) {
  const omi = await connect({
    ...options,
    ...(wasm !== undefined && { wasm }),
    fetch: async () => success({ balance: 5 }),
  });
  expect(await omi.tenants.get("a1")).toEqual({ balance: 5 });
}

async function loadErrorOf(
  { connect, LoadError, PartnerError }: typeof Package,
  wasm: unknown,
  language?: "en" | "vi",
) {
  const withSource = { ...options, wasm: wasm as Package.WasmSource, ...(language && { language }) };
  const error: unknown = await connect(withSource).then(
    () => expect.unreachable("connected"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LoadError)) throw error;
  expect(error).toBeInstanceOf(PartnerError);
  expect(error).toMatchObject({ name: "LoadError", attempts: 0, retryable: true });
  expect(error.message).not.toBe("");
  return error;
}

const bytes = async () => (await fetch(wasmUrl)).arrayBuffer();

/** The core of another build: its last byte belongs to the build id. */
async function otherVersion() {
  const core = new Uint8Array(await bytes());
  core[core.length - 1] = core.at(-1) === 0x30 ? 0x31 : 0x30;
  return core;
}

async function interruptedResponse(type: string): Promise<Response> {
  const [start, error] = [(await bytes()).slice(0, 1000), new TypeError("The connection was lost.")];
  let sent = false;
  const body = new ReadableStream({
    pull(controller) {
      if (sent) controller.error(error);
      else controller.enqueue(new Uint8Array(start));
      sent = true;
    },
  });
  return new Response(body, { headers: { "content-type": type } });
}

describe("the core", () => {
  test("is loaded from the file beside the script by default", async () => {
    await expectWorking(await freshPackage());
    expect(fetched.filter((url) => WASM.test(url))).toHaveLength(1);
  });

  test("is loaded once, for concurrent and for repeated calls of connect", async () => {
    const omicall = await freshPackage();
    const clients = await Promise.all(Array.from({ length: 5 }, () => omicall.connect(options)));
    await expectWorking(omicall);
    expect(new Set(clients).size).toBe(5);
    expect(fetched.filter((url) => WASM.test(url))).toHaveLength(1);
  });

  test("is loaded from a file that had arrived when a page that was busy past the timeout goes on", async () => {
    const setTimeout = globalThis.setTimeout;
    // The timer of the timeout fires before the page gets the file, as after a long task.
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((step: () => void, ms = 0) =>
      setTimeout(step, ms >= 60_000 ? 0 : ms)) as typeof globalThis.setTimeout);
    const late = new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.enqueue(new Uint8Array(await bytes()));
        controller.close();
      },
    });
    await expectWorking(await freshPackage(), new Response(late));
  });

  test("is not loaded by the import, which has no side effects on the page", async () => {
    const before = Reflect.ownKeys(globalThis);
    const omicall = await freshPackage();
    expect(Reflect.ownKeys(globalThis)).toEqual(before);
    expect(fetched).toEqual([]);
    expect(Object.keys(omicall).sort()).toEqual([
      "AbortError",
      "ApiError",
      "AuthenticationError",
      "LoadError",
      "NetworkError",
      "OutcomeUnknownError",
      "PartnerError",
      "ProtocolError",
      "RateLimitError",
      "ServerError",
      "TimeoutError",
      "ValidationError",
      "authenticate",
      "connect",
      "isPartnerError",
      "tokenFromApiKey",
    ]);
  });

  const sources: [string, () => Promise<Package.WasmSource>][] = [
    ["a URL as a string", async () => new URL(wasmUrl, location.href).href],
    ["a URL", async () => new URL(wasmUrl, location.href)],
    ["a Request", async () => new Request(wasmUrl)],
    ["a Response", () => fetch(wasmUrl)],
    ["an ArrayBuffer", bytes],
    ["a Uint8Array", async () => new Uint8Array(await bytes())],
    ["a DataView", async () => new DataView(await bytes())],
    ["a WebAssembly.Module", async () => WebAssembly.compile(await bytes())],
    ["a blob: URL", async () => URL.createObjectURL(new Blob([await bytes()], { type: "application/wasm" }))],
    ["a Response without the MIME type", async () => new Response(await bytes())],
    [
      "a Response with a wrong MIME type",
      async () => new Response(await bytes(), { headers: { "content-type": "text/plain" } }),
    ],
    [
      "a URL with a wrong MIME type",
      async () => URL.createObjectURL(new Blob([await bytes()], { type: "text/plain" })),
    ],
    [
      "a MIME type with a parameter",
      async () => new Response(await bytes(), { headers: { "content-type": "application/wasm; charset=x" } }),
    ],
  ];

  test.each(sources)("may be given as %s", async (_name, source) => {
    const wasm = await source();
    fetched = [];
    await expectWorking(await freshPackage(), wasm);
    const isUrl = typeof wasm === "string" || wasm instanceof URL || wasm instanceof Request;
    expect(fetched).toHaveLength(isUrl ? 1 : 0);
  });
});

describe("a core that cannot be loaded", () => {
  const failures: [string, () => unknown, code: Package.LoadError["code"]][] = [
    ["a 404", () => "/missing/omicall_partner_bg.wasm", "wasm_not_found"],
    ["a 404 with the right MIME type", () => wasmResponse("no such file", { status: 404 }), "wasm_not_found"],
    ["a 500", () => new Response("", { status: 500 }), "wasm_not_found"],
    ["HTML instead of a file", () => htmlResponse("text/html"), "wasm_not_found"],
    ["HTML with another MIME type", () => htmlResponse("text/plain"), "wasm_not_found"],
    ["a page of this server", () => new URL("/", location.href), "wasm_not_found"],
    ["a server that does not exist", () => "http://127.0.0.1:1/core.wasm", "wasm_not_found"],
    ["garbage with the right MIME type", () => wasmResponse("garbage"), "wasm_invalid"],
    ["garbage", () => new Response("garbage"), "wasm_invalid"],
    ["garbage in a buffer", () => new TextEncoder().encode("garbage"), "wasm_invalid"],
    ["an empty file", () => wasmResponse(""), "wasm_invalid"],
    ["a truncated file", async () => wasmResponse((await bytes()).slice(0, 1000)), "wasm_invalid"],
    ["another WebAssembly module", () => Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), "wasm_invalid"],
    ["the core of another version", otherVersion, "wasm_invalid"],
    // Firefox does not distinguish an interrupted body from a truncated file.
    ["an interrupted body", () => interruptedResponse("application/wasm"), FIREFOX ? "wasm_invalid" : "wasm_not_found"],
    ["an interrupted body with a wrong MIME type", () => interruptedResponse("text/plain"), "wasm_not_found"],
  ];
  const wasmResponse = (body: BodyInit, init?: ResponseInit) =>
    new Response(body, { ...init, headers: { "content-type": "application/wasm" } });
  const htmlResponse = (type: string) =>
    new Response("<!doctype html><title>Portal</title>", { headers: { "content-type": type } });

  test.each(failures)("%s; the next connect succeeds", async (_name, source, code) => {
    const omicall = await freshPackage();
    const english = await loadErrorOf(omicall, await source());
    expect(english.code).toBe(code);
    const vietnamese = await loadErrorOf(omicall, await source(), "vi");
    expect(vietnamese.code).toBe(code);
    expect(vietnamese.message).not.toBe(english.message);
    expect(JSON.parse(JSON.stringify(english))).toMatchObject({ name: "LoadError", code });
    await expectWorking(omicall);
  });

  test("does not fail a concurrent connect with another source", async () => {
    const { connect } = await freshPackage();
    const other = { ...options, language: "vi" as const, wasm: "/missing/omicall_partner_bg.wasm" };
    const [withMissingFile, withDefault] = await Promise.allSettled([connect(other), connect(options)]);
    expect([withMissingFile.status, withDefault.status]).toEqual(["rejected", "fulfilled"]);
  });

  test("fails every concurrent connect with the same source", async () => {
    const { connect, LoadError } = await freshPackage();
    const wasm = "/missing/omicall_partner_bg.wasm";
    const results = await Promise.allSettled([connect({ ...options, wasm }), connect({ ...options, wasm })]);
    for (const result of results) {
      expect(result).toEqual({ status: "rejected", reason: expect.any(LoadError) });
    }
    expect(fetched).toHaveLength(1);
  });
});

describe("the copy of the core in the package", () => {
  /** Makes the page's `fetch` respond to the package's request for its file. */
  const stubWasmFile = (respond: () => Response | Promise<Response>) =>
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      fetched.push(String(input));
      return respond();
    });
  const embeddedCopiesLoaded = () =>
    performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname.endsWith("/dist/embedded.js"));

  // Set before the page's `fetch` is stubbed.
  let coreOfOtherVersion: Uint8Array<ArrayBuffer>;
  let interrupted: Response;

  beforeEach(() => performance.clearResourceTimings());

  test("is not loaded where the file is available", async () => {
    await expectWorking(await freshPackage());
    expect(embeddedCopiesLoaded()).toEqual([]);
  });

  test.each<[string, () => Response | Promise<Response>]>([
    ["does not exist", () => new Response("", { status: 404 })],
    ["is an HTML page", () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } })],
    ["cannot be fetched", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["is damaged", () => new Response("\0asm")],
    ["is another module", () => new Response(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))],
    ["is of another version", () => new Response(coreOfOtherVersion)],
    ["is interrupted", () => interrupted],
  ])("is used when the file %s", async (_what, respond) => {
    coreOfOtherVersion = await otherVersion();
    interrupted = await interruptedResponse("application/wasm");
    fetched = [];
    stubWasmFile(respond);
    await expectWorking(await freshPackage());
    expect(fetched).toEqual([expect.stringMatching(WASM)]);
  });

  test("is not used when the page names a source itself", async () => {
    stubWasmFile(() => new Response("", { status: 404 }));
    const { code } = await loadErrorOf(await freshPackage(), "/my/omicall_partner_bg.wasm");
    expect(code).toBe("wasm_not_found");
    expect(embeddedCopiesLoaded()).toEqual([]);
  });
});

describe("errors", () => {
  const revokedProxy = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };

  test("are recognised by isPartnerError, those of another copy of the package too", async () => {
    const [one, other] = [await freshPackage(), await freshPackage()];
    const error: unknown = await one.connect({ ...options, baseUrl: "" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(one.ValidationError);
    expect(error).not.toBeInstanceOf(other.PartnerError);
    expect([one, other].map(({ isPartnerError }) => isPartnerError(error))).toEqual([true, true]);
  });

  test("are recognised by isPartnerError when they come from another frame", async () => {
    const { isPartnerError, PartnerError } = await freshPackage();
    const frame = document.createElement("iframe");
    const failed = new Promise<unknown>((resolve) => Object.assign(globalThis, { onFrameError: resolve }));
    frame.srcdoc = `<script type="module">
      globalThis.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() };
      const { ValidationError } = await import(${JSON.stringify(nextCopyUrl())});
      parent.onFrameError(new ValidationError({ code: "validation", message: "It is not valid." }));
    </script>`;
    document.body.append(frame);
    const error = await failed;
    expect(error).not.toBeInstanceOf(Error);
    expect(isPartnerError(error) && error.name).toBe("ValidationError");
    expect(PartnerError.fromJSON(isPartnerError(error) && error.toJSON())?.code).toBe("validation");
    frame.remove();
  });

  test.each([
    ["an Error", new Error("x")],
    ["the browser's own AbortError", new DOMException("x", "AbortError")],
    ["an Error of that name", Object.assign(new Error("x"), { name: "ApiError" })],
    ["another library's error", Object.assign(new Error("x"), { name: "TimeoutError", attempts: 3 })],
    ["a name that is a property of Object", Object.assign(new Error("x"), { name: "toString", attempts: 1 })],
    ["an object like one", { name: "ApiError", code: "x", attempts: 1 }],
    ["null", null],
    ["undefined", undefined],
    ["a string", "ApiError"],
    ["an object that throws", revokedProxy()],
  ])("isPartnerError rejects %s", async (_what, value) => {
    expect((await freshPackage()).isPartnerError(value)).toBe(false);
  });
});

describe("another page", () => {
  /** Runs a module in a new page with this head, and returns what it posts. */
  async function inPage(head: string, script: string): Promise<unknown> {
    const frame = document.createElement("iframe");
    const id = `page-${++copies}`;
    const message = new Promise<unknown>((resolve) => {
      addEventListener("message", function listener({ data }: MessageEvent<{ id?: string; result?: unknown }>) {
        if (data?.id !== id) return;
        removeEventListener("message", listener);
        resolve(data.result);
      });
    });
    frame.srcdoc = `<!doctype html><head>${head}</head><script type="module">
      const post = (result) => parent.postMessage({ id: ${JSON.stringify(id)}, result }, "*");
      const outcome = (promise) => promise.then(() => post("connected"), ({ name, code, retryable }) => post({ name, code, retryable }));
      // vitest rewrites import() to a call of this.
      globalThis.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() };
      ${script}
    </script>`;
    document.body.append(frame);
    try {
      return await message;
    } finally {
      frame.remove();
    }
  }

  const CONNECT = `outcome(import(${JSON.stringify(nextCopyUrl())}).then(({ connect }) => connect(${JSON.stringify(options)})));`;
  const policy = (scripts: string) =>
    `<meta http-equiv="Content-Security-Policy" content="script-src ${location.origin} 'unsafe-inline' ${scripts}">`;

  test("without a policy, and with one that allows WebAssembly", async () => {
    expect(await inPage("", CONNECT)).toBe("connected");
    expect(await inPage(policy("'wasm-unsafe-eval'"), CONNECT)).toBe("connected");
  });

  test("with a policy that blocks WebAssembly", async () => {
    const expected = { name: "LoadError", code: "wasm_blocked_by_csp", retryable: true };
    expect(await inPage(policy(""), CONNECT)).toEqual(expected);
    const noFile = `globalThis.fetch = async () => new Response("", { status: 404 });`;
    expect(await inPage(policy(""), noFile + CONNECT)).toEqual(expected);
  });

  test("in a browser that cannot decompress the embedded copy, without the file", async () => {
    const script = `delete globalThis.DecompressionStream; globalThis.fetch = async () => new Response("", { status: 404 }); ${CONNECT}`;
    expect(await inPage("", script)).toEqual({ name: "LoadError", code: "wasm_not_found", retryable: true });
  });

  test("in a browser without WebAssembly", async () => {
    const expected = { name: "LoadError", code: "wasm_unsupported", retryable: false };
    expect(await inPage("<script>delete globalThis.WebAssembly</script>", CONNECT)).toEqual(expected);
  });

  test("a worker can call the sandbox too", async () => {
    const source = `
      import { connect } from ${JSON.stringify(nextCopyUrl())};
      const { baseUrl, token, id } = await new Promise((resolve) => {
        onmessage = ({ data }) => resolve(data);
        postMessage("ready");
      });
      const omi = await connect({ baseUrl, token });
      postMessage(await omi.tenants.get(id));`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });
    const next = () =>
      new Promise<unknown>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    expect(await next()).toBe("ready");
    const tenant = next();
    worker.postMessage({ baseUrl: SANDBOX, token: await signIn(), id: SEEDED.id });
    expect(await tenant).toMatchObject({ email: SEEDED.email });
    worker.terminate();
  });
});
