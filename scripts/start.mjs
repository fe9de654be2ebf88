// Sets up what the demo needs, then runs the sandbox and the portal until Ctrl-C.
import { join } from "node:path";
import { buildPackages } from "./build.mjs";
import {
  buildSandbox,
  checkPort,
  CliError,
  env,
  main,
  paint,
  readOptions,
  root,
  startSandbox,
  startServer,
  viteScript,
} from "./lib.mjs";
import { setup } from "./setup.mjs";

const usage = `npm start -- [--sandbox-port PORT] [--portal-port PORT]
  --sandbox-port  where the sandbox listens on 127.0.0.1 (default 8787, or the variable SANDBOX_PORT)
  --portal-port   where the portal listens on 127.0.0.1 (default 5173, or the variable PORTAL_PORT)`;

/** @param {"sandbox" | "portal"} server @param {string} text */
const portOf = (server, text) =>
  checkPort(
    text,
    `--${server}-port`,
    `\`npm start -- --${server}-port PORT\` or the variable ${server.toUpperCase()}_PORT`,
  );

await main(async () => {
  const options = /** @type {const} */ ({
    "sandbox-port": { type: "string", default: process.env.SANDBOX_PORT || "8787" },
    "portal-port": { type: "string", default: process.env.PORTAL_PORT || "5173" },
  });
  const args = readOptions(options, usage);
  const sandboxPort = await portOf("sandbox", args["sandbox-port"]);
  const portalPort = await portOf("portal", args["portal-port"]);
  if (sandboxPort === portalPort) throw new CliError("The sandbox and the portal need two different ports.");

  await setup({ packages: true, wasm: true });
  await buildPackages({ only: ["code"], withWasmPack: false });
  const program = await buildSandbox();

  const sandbox = await startSandbox(program, ["--port", `${sandboxPort}`], console.log);
  const portal = await startServer(
    "portal",
    process.execPath,
    [viteScript(), "--host", "127.0.0.1", "--port", `${portalPort}`, "--strictPort", "--clearScreen", "false"],
    {
      cwd: join(root, "www"),
      env: { ...env, VITE_SANDBOX_URL: sandbox.url },
      ready: /Local:\s+(http:\S+)/,
      onLine: (line) => console.log(`${paint("dim", "portal ")} ${line}`),
    },
  );
  await fetch(portal.url).catch((error) => {
    throw new CliError(`The portal at ${portal.url} does not answer: ${error.message}.`);
  });
  console.log(paint("bold", `\nOpen ${portal.url} (the sandbox is at ${sandbox.url}). Ctrl-C ends both.\n`));

  // `main` ends the other one.
  const ended = [sandbox, portal].map(async ({ name, exited }) => `The ${name} ${await exited}.`);
  throw new CliError(await Promise.race(ended));
});
