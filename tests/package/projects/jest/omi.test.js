/** @jest-environment node */
const { connect } = require("omicall-partner");

const sandbox = process.env.SANDBOX_URL ?? "http://127.0.0.1:8787";

async function token() {
  const response = await fetch(`${sandbox}/api/auth?apiKey=sandbox-partner-key`);
  return (await response.json()).payload.access_token;
}

test("a new tenant can be found and topped up", async () => {
  const omi = await connect({ baseUrl: sandbox, token });
  const email = `lan.${Date.now()}@saomai.example`;
  const owner = { email, ownerName: "Nguyễn Thị Lan", phone: "0901234567" };
  const { id } = await omi.tenants.create({ ...owner, fullName: "Sao Mai", password: "Abcdef1!", isAutoActive: true });
  await omi.tenants.waitUntilActive(id, { intervalMs: 50 });
  expect((await omi.tenants.list({ keyword: email })).items).toMatchObject([{ id }]);
  const description = "First top-up, as agreed with the owner on the phone today.";
  await omi.tenants.topUp({ email, amount: 500_000, description });
  expect((await omi.tenants.get(id)).balance).toBe(500_000);
});
