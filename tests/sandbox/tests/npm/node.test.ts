// What concerns Node.js only.
import { expect, test } from "vitest";
import { run } from "../../../../scripts/lib.mjs";

const cwd = import.meta.dirname;

test("a sandbox keeps no process alive, even with a request that never ends", async () => {
  const script = `
    import { createSandbox } from "omicall-partner-sandbox";
    const sandbox = await createSandbox();
    await sandbox.addFault({ endpoint: "*", fault: { kind: "hang" } });
    void sandbox.fetch(sandbox.baseUrl);
    console.log("end of the script");`;
  const { code, output } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd });
  expect([code, output.trim()]).toEqual([0, "end of the script"]);
});

test("a CommonJS script gets the same", async () => {
  const script = `
    const { createSandbox } = require("omicall-partner-sandbox");
    createSandbox({ tenants: 7 }).then(({ state }) => state()).then(({ tenants }) => console.log(tenants));`;
  const { code, output } = await run(process.execPath, ["--input-type=commonjs", "--eval", script], { cwd });
  expect([code, output.trim()]).toEqual([0, "7"]);
});

test("where the environment lacks what it needs, it says what", async () => {
  const script = `
    import { createSandbox } from "omicall-partner-sandbox";
    delete globalThis.TextDecoder;
    console.log(await createSandbox().catch(({ code, message }) => code + ": " + message));`;
  const { code, output } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd });
  expect([code, output.trim()]).toEqual([
    0,
    expect.stringMatching(/^unsupported: This environment has no TextDecoder: /),
  ]);
});

test("10,000 requests leave nothing behind", async () => {
  const script = `
    import { createSandbox } from "omicall-partner-sandbox";
    const sandbox = await createSandbox();
    const send = async (count) => {
      for (let i = 0; i < count; i++) await (await sandbox.fetch(sandbox.baseUrl + "/api/partner/me")).text();
      await sandbox.reset();
      gc();
      return process.memoryUsage().heapUsed;
    };
    const before = await send(2_000);
    console.log(Math.round(((await send(10_000)) - before) / 10_000));`;
  const args = ["--expose-gc", "--input-type=module", "--eval", script];
  const { code, output } = await run(process.execPath, args, { cwd });
  expect(code).toBe(0);
  expect(Number(output), "bytes of each request").toBeLessThan(200);
});
