// The page of soak.spec.ts, served without a bundler: makes the given number of calls and keeps no results.

/** @import { ClientOptions, PartnerClient } from "omicall-partner" */
/** @typedef {(index: number) => PromiseLike<unknown>} Call */

/** The core's memory, which the package does not expose. @type {WebAssembly.Memory | undefined} */
let memory;
const { instantiate } = WebAssembly;
/** @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
const instantiateAndKeepMemory = async (module, imports) => {
  const instance = await instantiate(module, imports);
  // By its type: the build shortens the names of exports.
  memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
  return instance;
};
Object.assign(WebAssembly, { instantiate: instantiateAndKeepMemory });

/** The number of concurrent calls. */
const CONCURRENCY = 6;
const DESCRIPTION = "Nap tien thang 8 theo hop dong so 2026/OMI-000123.";
/** A tenant that the sandbox always seeds. */
const SEEDED = { id: "65956ff9e7b4d67bdfc1bd77", email: "quynh.nguyen1@example.net" };

/** @param {string} baseUrl */
async function clients(baseUrl) {
  // Imported here, after WebAssembly.instantiate was replaced.
  const { connect } = await import("omicall-partner");
  const token = async () => {
    const response = await fetch(`${baseUrl}/api/auth?apiKey=sandbox-partner-key`);
    return (await response.json()).payload.access_token;
  };
  /** @param {ClientOptions["fetch"]} [injected] */
  const client = (injected) => connect({ baseUrl, token, fetch: injected, onEvent: () => {} });
  let attempts = 0;
  return {
    direct: await client(),
    /** No response; the request ends when its signal aborts. */
    hanging: await client((input, init) => {
      const { signal } = new Request(input, init);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }),
    /** The server executes the request, and the response is lost. */
    lossy: await client(async (input, init) => {
      await (await fetch(input, init)).text();
      throw new TypeError("connection lost");
    }),
    /** Every second request gets a 503 response. */
    overloaded: await client((input, init) =>
      attempts++ % 2
        ? fetch(input, init)
        : Promise.resolve(new Response("", { status: 503, headers: { "retry-after": "0" } })),
    ),
  };
}

/** @param {Awaited<ReturnType<typeof clients>>} clients */
function makeCalls({ direct, hanging, lossy, overloaded }) {
  const { tenants, request } = direct;
  /** Makes the e-mail addresses unique for each run. */
  const run = crypto.randomUUID();
  const owner = { ownerName: "Nguyễn Thị Kiểm Thử", phone: "0901234567", password: "Str0ng!Passw0rd" };
  const newTenant = (/** @type {number} */ index) => ({
    ...owner,
    fullName: "Sao Mai",
    email: `o${index}@${run}.example`,
  });
  const topUp = { email: SEEDED.email, amount: 10_000, description: DESCRIPTION };
  /** @type {Call[]} */
  const succeeding = [
    () => tenants.get(SEEDED.id),
    (index) => tenants.list({ page: 1 + (index % 4), size: 10 }),
    async () => {
      let pages = 0;
      for await (const { items } of tenants.list({ size: 5 }).pages()) if (items.length === 0 || ++pages === 2) break;
    },
    (index) => tenants.create(newTenant(index)),
    (index) => {
      // A double click whose first call is aborted.
      const controller = new AbortController();
      const params = { ...topUp, amount: 10_000 + index };
      tenants.topUp(params, { signal: controller.signal, recordBalance: index % 2 === 0 }).catch(() => {});
      setTimeout(() => controller.abort());
      return tenants.topUp(params);
    },
    () => tenants.waitUntilActive(SEEDED.id, { onProgress: () => {} }),
    () => request("GET", "/api/partner/me"),
    () => request("POST", "/api/partner/tenant/list", { query: { page: 1, size: 1 }, body: { keyword: "a" } }),
    () => tenants.list({ keyword: "mỹ phẩm" }, { signal: new AbortController().signal }),
    () => overloaded.tenants.get(SEEDED.id),
  ];
  /** @type {Call[]} */
  const failing = [
    () => tenants.get("f".repeat(24)),
    () => tenants.topUp({ ...topUp, email: "nobody@soak.example" }),
    () => tenants.topUp({ ...topUp, amount: 1, description: "" }),
    () => tenants.get(SEEDED.id, { signal: AbortSignal.abort() }),
    () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort());
      return hanging.tenants.get(SEEDED.id, { signal: controller.signal });
    },
    () => hanging.tenants.get(SEEDED.id, { timeoutMs: 5, maxRetries: 0 }),
    () => hanging.tenants.topUp({ ...topUp, email: "hanging@soak.example" }, { timeoutMs: 5 }),
    () => lossy.tenants.get(SEEDED.id, { maxRetries: 0 }),
    (index) => lossy.tenants.create(newTenant(index)),
  ];
  return { succeeding, failing };
}

/** @type {Promise<ReturnType<typeof makeCalls>> | undefined} */
let calls;
let made = 0;

/**
 * Makes `count` calls, of which every tenth fails.
 * @param {string} baseUrl @param {number} count
 * @returns {Promise<Record<string, number>>} the number of calls per error code, and of successful ones as `success`
 */
async function soak(baseUrl, count) {
  const { succeeding, failing } = await (calls ??= clients(baseUrl).then(makeCalls));
  /** @type {Record<string, number>} */
  const outcomes = {};
  const end = made + count;
  const worker = async () => {
    while (made < end) {
      const index = made++;
      const call =
        index % 10 === 9
          ? failing[Math.floor(index / 10) % failing.length]
          : succeeding[Math.floor(index * 0.9) % succeeding.length];
      const outcome = await call(index).then(
        () => "success",
        async (error) => {
          // As a real caller does, reconciles a create with an unknown outcome.
          if (error.operation === "tenants.create") await error.reconcile().catch(() => {});
          return error.code;
        },
      );
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return outcomes;
}

Object.assign(globalThis, { soak, wasmBytes: () => memory?.buffer.byteLength });
