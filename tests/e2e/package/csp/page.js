// The page of csp.test.ts: what it does is asked for by the test, through the window. Served as it is.

/** What the policy blocked; listened to before the package is loaded. @type {string[]} */
const blocked = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  blocked.push(`${effectiveDirective} ${blockedURI}`);
});

/** Does what is not allowed and waits until that is reported: what was blocked before is reported by then. @param {string} url */
const provoke = (url) =>
  new Promise((resolve) => {
    addEventListener(
      "securitypolicyviolation",
      ({ effectiveDirective }) => effectiveDirective === "img-src" && resolve(),
    );
    new Image().src = url;
  });

/** The whole job. @param {string} baseUrl @param {string} token */
async function job(baseUrl, token) {
  const { connect } = await import("./dist/index.js");
  const omi = await connect({ baseUrl, token });
  const email = `${crypto.randomUUID()}@csp.example`;
  const owner = { email, ownerName: "Trần Văn Minh", phone: "0901234567" };
  const { id } = await omi.tenants.create({ ...owner, fullName: "Sao Mai", password: "Abcdef1!", isAutoActive: true });
  const { status } = await omi.tenants.waitUntilActive(id, { intervalMs: 50 });
  const found = (await omi.tenants.list({ keyword: email })).items.map((tenant) => tenant.id);
  const description = "First top-up, as agreed with the owner on the phone.";
  const { payload } = await omi.tenants.topUp({ email, amount: 500_000, description });
  const { balance } = await omi.tenants.get(id);
  return { id, status, found, amount: payload.amount, balance };
}

/** @param {string} baseUrl @param {string} token */
globalThis.outcome = async (baseUrl, token) => {
  // Plain values: errors of this page are of its own classes.
  const result = await job(baseUrl, token).catch(({ name, code, message }) => ({ name, code, message }));
  await provoke(`${baseUrl}/provoked.png`);
  return { ...result, blocked };
};
