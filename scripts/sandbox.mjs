// Builds and runs the sandbox server. Its options are passed on: npm run sandbox -- --help
import { buildSandbox, main, run } from "./lib.mjs";
import { setup } from "./setup.mjs";

await main(async () => {
  await setup({});
  const program = await buildSandbox();
  const { code } = await run(program, process.argv.slice(2), { stdio: "inherit" });
  return code;
});
