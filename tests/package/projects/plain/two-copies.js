import { mainJobWith, newTenant, tokenOf, topUpOf } from "./jobs/steps.js";

/** @import * as Sdk from "omicall-partner" */

/** @param {string} sandbox @param {string[]} addresses of the copies */
export async function twoCopies(sandbox, addresses) {
  const globals = Reflect.ownKeys(globalThis);
  /** @type {(typeof Sdk)[]} */
  const [A, B] = await Promise.all(addresses.map((address) => import(address)));
  const jobs = await Promise.all([A, B].map((sdk) => mainJobWith(sdk.connect, sandbox)));

  const token = await tokenOf(sandbox);
  const [a, b] = await Promise.all([A, B].map((sdk) => sdk.connect({ baseUrl: sandbox, token })));
  const tenant = newTenant();
  const { id } = await a.tenants.create(tenant);
  await b.tenants.waitUntilActive(id, { intervalMs: 50 });
  // Two clients, so two top-ups, one after the other.
  await Promise.all([a, b].map((omi) => omi.tenants.topUp(topUpOf(tenant.email))));
  const { balance } = await b.tenants.get(id);

  /** @param {Promise<unknown>} call */
  const failureOf = async (call) => {
    const error = await call.then(String, (reason) => reason);
    const isA = [A, B].map((sdk) => error instanceof sdk.PartnerError && error instanceof sdk.ValidationError);
    return {
      name: error.name,
      fields: error.issues?.map((/** @type {Sdk.ValidationIssue} */ issue) => issue.field),
      isA,
    };
  };
  const failures = [await failureOf(a.tenants.get("")), await failureOf(b.tenants.get(""))];
  a.close();
  const closed = await failureOf(a.tenants.get(id));
  const open = (await b.tenants.get(id)).balance === balance;
  const left = Reflect.ownKeys(globalThis).filter((key) => !globals.includes(key));
  return { jobs, balance, failures, closed, open, left };
}
