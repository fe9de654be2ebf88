// The main job, with the `connect` of any copy of the package.

/** @param {string} sandbox the URL of the sandbox */
export async function tokenOf(sandbox) {
  const response = await fetch(`${sandbox}/api/auth?apiKey=sandbox-partner-key`);
  return (await response.json()).payload.access_token;
}

/** Valid parameters of `create`, with a unique e-mail address. */
export const newTenant = () => ({
  email: `${crypto.randomUUID()}@package.example`,
  ownerName: "Trần Văn Minh",
  phone: "0901234567",
  fullName: "Sao Mai",
  password: "Abcdef1!",
  isAutoActive: true,
});

export const topUpOf = (/** @type {string} */ email) => ({
  email,
  amount: 500_000,
  description: "First top-up, as agreed with the owner on the phone.",
});

/** @param {typeof import("omicall-partner").connect} connect @param {string} sandbox */
export async function mainJobWith(connect, sandbox) {
  const omi = await connect({ baseUrl: sandbox, token: () => tokenOf(sandbox) });
  const tenant = newTenant();
  const { id } = await omi.tenants.create(tenant);
  const { status } = await omi.tenants.waitUntilActive(id, { intervalMs: 50 });
  const found = (await omi.tenants.list({ keyword: tenant.email })).items.map((item) => item.id);
  await omi.tenants.topUp(topUpOf(tenant.email));
  const { balance } = await omi.tenants.get(id);
  omi.close();
  return { id, status, found, balance };
}
