// The page of csp.test.ts, served without a bundler. The test calls `runScenario` on its window.

/** What the policy blocked. The listener is added before the package is loaded. @type {string[]} */
const blocked = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  blocked.push(`${effectiveDirective} ${blockedURI}`);
});

/**
 * Causes a violation and waits for its report. Violations are reported in order, so all earlier ones are reported by then.
 * @param {string} url
 */
const provokeViolation = (url) =>
  new Promise((resolve) => {
    addEventListener(
      "securitypolicyviolation",
      ({ effectiveDirective }) => effectiveDirective === "img-src" && resolve(),
    );
    new Image().src = url;
  });

/** Calls every endpoint. @param {string} baseUrl @param {string} token */
async function scenario(baseUrl, token) {
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
globalThis.runScenario = async (baseUrl, token) => {
  // Plain values, because an error of this frame is an instance of this frame's classes.
  const result = await scenario(baseUrl, token).catch(({ name, code, message }) => ({ name, code, message }));
  await provokeViolation(`${baseUrl}/provoked.png`);
  return { ...result, blocked };
};
