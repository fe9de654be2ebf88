// The page of soak.spec.ts, served as it is: makes as many calls as it is told to, and keeps nothing of them.

/** @import { ClientOptions, PartnerClient } from "omicall-partner" */
/** @typedef {(index: number) => PromiseLike<unknown>} Call */

/** The core's memory, which the package keeps to itself. @type {WebAssembly.Memory | undefined} */
let memory;
const { instantiate } = WebAssembly;
/** @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
const watched = async (module, imports) => {
  const instance = await instantiate(module, imports);
  memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
  return instance;
};
Object.assign(WebAssembly, { instantiate: watched });

/** Calls under way at once. */
const LANES = 6;
const DESCRIPTION = "Nap tien thang 8 theo hop dong so 2026/OMI-000123.";
/** A tenant that the sandbox's seed is certain to hold. */
const SEEDED = { id: "65956ff9e7b4d67bdfc1bd77", email: "quynh.nguyen1@example.net" };

/** @param {string} baseUrl */
async function clients(baseUrl) {
  // Only now: the package must find the WebAssembly.instantiate of this page.
  const { connect } = await import("omicall-partner");
  const token = async () => {
    const response = await fetch(`${baseUrl}/api/auth?apiKey=sandbox-partner-key`);
    return (await response.json()).payload.access_token;
  };
  /** @param {ClientOptions["fetch"]} [injected] */
  const client = (injected) => connect({ baseUrl, token, fetch: injected, onEvent: () => {} });
  let attempts = 0;
  return {
    sound: await client(),
    /** The answer never comes, and the request ends with its signal. */
    silent: await client((input) => {
      const { signal } = /** @type {Request} */ (input);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }),
    /** The answer is lost on its way. */
    losing: await client(async (input) => {
      await (await fetch(input)).text();
      throw new TypeError("connection lost");
    }),
    /** Every other request is turned away. */
    busy: await client((input) =>
      attempts++ % 2
        ? fetch(input)
        : Promise.resolve(new Response("", { status: 503, headers: { "retry-after": "0" } })),
    ),
  };
}

/** @param {Awaited<ReturnType<typeof clients>>} clients */
function mix({ sound, silent, losing, busy }) {
  const { tenants, request } = sound;
  /** No two runs make the same tenants. */
  const run = crypto.randomUUID();
  const owner = { ownerName: "Nguyễn Thị Kiểm Thử", phone: "0901234567", password: "Str0ng!Passw0rd" };
  const newTenant = (/** @type {number} */ index) => ({
    ...owner,
    fullName: "Sao Mai",
    email: `o${index}@${run}.example`,
  });
  const topUp = { email: SEEDED.email, amount: 10_000, description: DESCRIPTION };
  /** @type {Call[]} */
  const fine = [
    () => tenants.get(SEEDED.id),
    (index) => tenants.list({ page: 1 + (index % 4), size: 10 }),
    async () => {
      let pages = 0;
      for await (const { items } of tenants.list({ size: 5 }).pages()) if (items.length === 0 || ++pages === 2) break;
    },
    (index) => tenants.create(newTenant(index)),
    (index) => {
      // A double click, the first half of which is taken back.
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
    () => busy.tenants.get(SEEDED.id),
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
      return silent.tenants.get(SEEDED.id, { signal: controller.signal });
    },
    () => silent.tenants.get(SEEDED.id, { timeoutMs: 5, maxRetries: 0 }),
    () => silent.tenants.topUp({ ...topUp, email: "silent@soak.example" }, { timeoutMs: 5 }),
    () => losing.tenants.get(SEEDED.id, { maxRetries: 0 }),
    (index) => losing.tenants.create(newTenant(index)),
  ];
  return { fine, failing };
}

/** @type {Promise<ReturnType<typeof mix>> | undefined} */
let calls;
let made = 0;

/**
 * Makes so many calls, every tenth one of which fails.
 * @param {string} baseUrl @param {number} count
 * @returns {Promise<Record<string, number>>} how often which code of failure came, and `fine`
 */
async function soak(baseUrl, count) {
  const { fine, failing } = await (calls ??= clients(baseUrl).then(mix));
  /** @type {Record<string, number>} */
  const outcomes = {};
  const end = made + count;
  const lane = async () => {
    while (made < end) {
      const index = made++;
      const call =
        index % 10 === 9
          ? failing[Math.floor(index / 10) % failing.length]
          : fine[Math.floor(index * 0.9) % fine.length];
      const outcome = await call(index).then(
        () => "fine",
        async (error) => {
          // A lost create has to be asked about, here too.
          if (error.operation === "tenants.create") await error.reconcile().catch(() => {});
          return error.code;
        },
      );
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes;
}

Object.assign(globalThis, { soak, wasmBytes: () => memory?.buffer.byteLength });
