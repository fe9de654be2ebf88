// What both projects do: the main job, against the sandbox that the page's address names; what came of it goes into the page.
import { connect } from "omicall-partner";

/** @param {string} baseUrl */
async function mainJob(baseUrl) {
  const token = async () => {
    const response = await fetch(`${baseUrl}/api/auth?apiKey=sandbox-partner-key`);
    return (await response.json()).payload.access_token;
  };
  const omi = await connect({ baseUrl, token });
  const email = `${crypto.randomUUID()}@tarball.example`;
  const owner = { email, ownerName: "Trần Văn Minh", phone: "0901234567" };
  const { id } = await omi.tenants.create({ ...owner, fullName: "Sao Mai", password: "Abcdef1!", isAutoActive: true });
  const { status } = await omi.tenants.waitUntilActive(id, { intervalMs: 50 });
  const found = (await omi.tenants.list({ keyword: email })).items.map((tenant) => tenant.id);
  await omi.tenants.topUp({
    email,
    amount: 500_000,
    description: "First top-up, as agreed with the owner on the phone.",
  });
  const { balance } = await omi.tenants.get(id);
  return { id, status, found, balance };
}

/** @param {Element | null} output */
export async function doMainJob(output) {
  const sandbox = new URL(location.href).searchParams.get("sandbox") ?? "";
  const outcome = await mainJob(sandbox).catch((error) => ({ error: String(error) }));
  if (output) output.textContent = JSON.stringify(outcome);
}
