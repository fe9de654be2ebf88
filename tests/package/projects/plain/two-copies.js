import { mainJobWith, newTenant, tokenOf, topUpOf } from "./jobs/steps.js";

/** @import * as Sdk from "omicall-partner" */

/** @param {string} sandbox @param {string[]} urls of the copies */
export async function twoCopies(sandbox, urls) {
  const globals = Reflect.ownKeys(globalThis);
  /** @type {(typeof Sdk)[]} */
  const [A, B] = await Promise.all(urls.map((url) => import(url)));
  const jobs = await Promise.all([A, B].map((sdk) => mainJobWith(sdk.connect, sandbox)));

  const token = await tokenOf(sandbox);
  const [a, b] = await Promise.all([A, B].map((sdk) => sdk.connect({ baseUrl: sandbox, token })));
  const tenant = newTenant();
  const { id } = await a.tenants.create(tenant);
  await b.tenants.waitUntilActive(id, { intervalMs: 50 });
  // Identical top-ups of two clients are two top-ups, sent one after the other.
  await Promise.all([a, b].map((omi) => omi.tenants.topUp(topUpOf(tenant.email))));
  const { balance } = await b.tenants.get(id);

  /** @param {Promise<unknown>} call */
  const describeError = async (call) => {
    const error = await call.then(String, (reason) => reason);
    const isA = [A, B].map((sdk) => error instanceof sdk.PartnerError && error instanceof sdk.ValidationError);
    return {
      name: error.name,
      fields: error.issues?.map((/** @type {Sdk.ValidationIssue} */ issue) => issue.field),
      isA,
    };
  };
  const errors = [await describeError(a.tenants.get("")), await describeError(b.tenants.get(""))];
  a.close();
  const closed = await describeError(a.tenants.get(id));
  const otherClientWorks = (await b.tenants.get(id)).balance === balance;
  const newGlobals = Reflect.ownKeys(globalThis).filter((key) => !globals.includes(key));
  return { jobs, balance, errors, closed, otherClientWorks, newGlobals };
}
