// The benchmark's requests to the sandbox: a token, tenants, and responses of any size.

/** @typedef {{ id: string, [field: string]: unknown }} Item */
/** @typedef {{ payload: { items: Item[], [field: string]: unknown }, [field: string]: unknown }} ListResponse */

/** The number of concurrent requests. */
const CONCURRENCY = 8;

/** The maximum page size. */
const MAX_PAGE_SIZE = 10_000;

/** @param {string} url the URL of the sandbox */
export async function signIn(url) {
  const response = await fetch(`${url}/api/auth?apiKey=sandbox-partner-key`);
  const { payload } = await response.json();
  const headers = { authorization: `Bearer ${payload.access_token}` };

  /** @param {number} page @param {number} size @returns {Promise<ListResponse>} */
  const list = async (page, size) => {
    const listUrl = `${url}/api/partner/tenant/list?page=${page}&size=${size}`;
    return (await fetch(listUrl, { method: "POST", headers, body: "{}" })).json();
  };
  /** @param {string} id */
  const get = async (id) => {
    const response = await fetch(`${url}/api/partner/tenant/info?id=${id}`, { headers });
    return (await response.json()).payload;
  };
  /** Delays the responses to `list`, but not their preflights. @param {number} ms */
  const delay = async (ms) => {
    await fetch(`${url}/sandbox/clear_faults`, { method: "POST" });
    const fault = { endpoint: "POST /api/partner/tenant/list", fault: { kind: "delay", ms } };
    const { ok } = await fetch(`${url}/sandbox/faults`, { method: "POST", body: JSON.stringify(fault) });
    if (!ok) throw new Error("The sandbox did not take the delay.");
  };
  return { url, token: /** @type {string} */ (payload.access_token), list, get, delay };
}

/** @typedef {Awaited<ReturnType<typeof signIn>>} Api */

/** Lists active tenants, which have every field of a tenant. @param {Api} api @param {number} count */
export async function activeTenants(api, count) {
  /** @type {Item[]} */
  const found = [];
  for (let page = 1; found.length < count; page++) {
    const { payload } = await api.list(page, Math.min(MAX_PAGE_SIZE, Math.ceil(count * 1.2)));
    if (payload.items.length === 0) throw new Error(`The sandbox has fewer than ${count} active tenants.`);
    found.push(...payload.items.filter(({ status }) => status === "activated"));
  }
  return found.slice(0, count);
}

/**
 * Responses to `list` of each size. Their tenants have every documented field, from the sandbox's `list` and `info`.
 * @param {Api} api @param {number[]} sizes
 */
export async function fullResponses(api, sizes) {
  const tenants = await activeTenants(api, Math.max(...sizes));
  const remaining = tenants.entries();
  // All workers take from the same iterator.
  const worker = async () => {
    for (const [index, item] of remaining) tenants[index] = { ...item, ...(await api.get(item.id)) };
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  /** @type {Map<number, string>} */
  const responses = new Map();
  for (const size of sizes) {
    const response = await api.list(1, size);
    responses.set(
      size,
      JSON.stringify({ ...response, payload: { ...response.payload, items: tenants.slice(0, size) } }),
    );
  }
  return responses;
}
