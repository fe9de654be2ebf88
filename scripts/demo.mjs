// Builds the demo, the portal that has the sandbox in its page, and serves it as static files until Ctrl-C.
import { join } from "node:path";
import { buildPackages } from "./build.mjs";
import { checkPort, CliError, main, paint, readOptions, root, runQuietly, startServer, viteScript } from "./lib.mjs";
import { setup } from "./setup.mjs";

const usage = `npm run demo -- [--port PORT]
  --port  where the demo listens on 127.0.0.1 (default 5174)`;

await main(async () => {
  const options = readOptions(/** @type {const} */ ({ port: { type: "string", default: "5174" } }), usage);
  const port = await checkPort(options.port, "--port", "`npm run demo -- --port PORT`");
  await setup({ packages: true, wasm: true });
  await buildPackages({ only: ["code", "sandbox"], withWasmPack: false });
  const cwd = join(root, "www");
  const demo = ["--mode", "demo", "--outDir", "dist-demo"];
  await runQuietly("Building the demo", process.execPath, [viteScript(), "build", ...demo], { cwd });
  const args = [viteScript(), "preview", ...demo, "--host", "127.0.0.1", "--port", `${port}`, "--strictPort"];
  const { url, exited } = await startServer("demo", process.execPath, args, { cwd, ready: /Local:\s+(http:\S+)/ });
  console.log(paint("bold", `\nOpen ${url} (the files are in www/dist-demo, for any static host). Ctrl-C ends it.\n`));
  throw new CliError(`The demo ${await exited}.`);
});
