// The main job, with the `connect` of whichever copy of the package.

/** @import { connect } from "omicall-partner" */

/** @param {string} sandbox its address */
export async function tokenOf(sandbox) {
  const response = await fetch(`${sandbox}/api/auth?apiKey=sandbox-partner-key`);
  return (await response.json()).payload.access_token;
}

/** A tenant that can be created; no two have the same e-mail address. */
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

/** @param {typeof connect} open @param {string} sandbox */
export async function mainJobWith(open, sandbox) {
  const omi = await open({ baseUrl: sandbox, token: () => tokenOf(sandbox) });
  const tenant = newTenant();
  const { id } = await omi.tenants.create(tenant);
  const { status } = await omi.tenants.waitUntilActive(id, { intervalMs: 50 });
  const found = (await omi.tenants.list({ keyword: tenant.email })).items.map((item) => item.id);
  await omi.tenants.topUp(topUpOf(tenant.email));
  const { balance } = await omi.tenants.get(id);
  omi.close();
  return { id, status, found, balance };
}
