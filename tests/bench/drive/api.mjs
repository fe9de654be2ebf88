// What the benchmark needs of the sandbox: a token, tenants, and answers of any size.

/** @typedef {{ id: string, [field: string]: unknown }} Item */
/** @typedef {{ payload: { items: Item[], [field: string]: unknown }, [field: string]: unknown }} ListAnswer */

/** Requests under way at once. */
const LANES = 8;

/** How many tenants a page may have. */
const LARGEST = 10_000;

/** @param {string} url of the sandbox */
export async function signIn(url) {
  const response = await fetch(`${url}/api/auth?apiKey=sandbox-partner-key`);
  const { payload } = await response.json();
  const headers = { authorization: `Bearer ${payload.access_token}` };

  /** @param {number} page @param {number} size @returns {Promise<ListAnswer>} */
  const list = async (page, size) => {
    const address = `${url}/api/partner/tenant/list?page=${page}&size=${size}`;
    return (await fetch(address, { method: "POST", headers, body: "{}" })).json();
  };
  /** @param {string} id */
  const get = async (id) => {
    const response = await fetch(`${url}/api/partner/tenant/info?id=${id}`, { headers });
    return (await response.json()).payload;
  };
  return { url, token: /** @type {string} */ (payload.access_token), list, get };
}

/** @typedef {Awaited<ReturnType<typeof signIn>>} Api */

/** Lists active tenants, who have everything that a tenant can have. @param {Api} api @param {number} count */
export async function activeTenants(api, count) {
  /** @type {Item[]} */
  const found = [];
  for (let page = 1; found.length < count; page++) {
    const { payload } = await api.list(page, Math.min(LARGEST, Math.ceil(count * 1.2)));
    if (payload.items.length === 0) throw new Error(`The sandbox holds less than ${count} active tenants.`);
    found.push(...payload.items.filter(({ status }) => status === "activated"));
  }
  return found.slice(0, count);
}

/**
 * Answers to `list` of so many tenants each, with every documented field: what the sandbox lists, and what it shows.
 * @param {Api} api @param {number[]} sizes
 */
export async function fullAnswers(api, sizes) {
  const tenants = await activeTenants(api, Math.max(...sizes));
  const left = tenants.entries();
  // Several take from the same iterator.
  const lane = async () => {
    for (const [index, item] of left) tenants[index] = { ...item, ...(await api.get(item.id)) };
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  /** @type {Map<number, string>} */
  const answers = new Map();
  for (const size of sizes) {
    const answer = await api.list(1, size);
    answers.set(size, JSON.stringify({ ...answer, payload: { ...answer.payload, items: tenants.slice(0, size) } }));
  }
  return answers;
}
