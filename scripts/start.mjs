// Sets everything up, then runs the sandbox and the demo portal until Ctrl-C.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPackage } from "./build.mjs";
import {
  buildSandbox,
  end,
  env,
  freePort,
  main,
  paint,
  root,
  startSandbox,
  startServer,
  Stop,
  viteScript,
} from "./lib.mjs";
import { setup } from "./setup.mjs";

const usage = `npm start -- [--sandbox-port PORT] [--portal-port PORT]
  --sandbox-port  where the sandbox listens on 127.0.0.1 (default 8787, or the variable SANDBOX_PORT)
  --portal-port   where the portal listens on 127.0.0.1 (default 5173, or the variable PORTAL_PORT)`;

function readArgs() {
  const options = /** @type {const} */ ({
    "sandbox-port": { type: "string", default: process.env.SANDBOX_PORT || "8787" },
    "portal-port": { type: "string", default: process.env.PORTAL_PORT || "5173" },
    help: { type: "boolean", default: false },
  });
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/** @param {string} what @param {string} flag @param {string} variable @param {string} text */
async function checkPort(what, flag, variable, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Stop(`${flag} must be a port, and ${text} is none.`);
  if ((await freePort(port)) === undefined) {
    throw new Stop(
      `Port ${port} of 127.0.0.1, meant for the ${what}, is in use or not allowed: end what uses it, or choose another ` +
        `one with \`npm start -- ${flag} ${port + 1}\` or ${variable}=${port + 1}.`,
    );
  }
  return port;
}

await main(async () => {
  const args = readArgs();
  if (args.help) return console.log(usage);
  const sandboxPort = await checkPort("sandbox", "--sandbox-port", "SANDBOX_PORT", args["sandbox-port"]);
  const portalPort = await checkPort("portal", "--portal-port", "PORTAL_PORT", args["portal-port"]);
  if (sandboxPort === portalPort) throw new Stop("The sandbox and the portal need two different ports.");

  await setup({ packages: true, wasm: true });
  await buildPackage();
  const program = await buildSandbox();

  /** @param {string} name */
  const log = (name) => (/** @type {string} */ line) => console.log(`${paint("dim", name)} ${line}`);
  const sandbox = await startSandbox(program, ["--port", `${sandboxPort}`], console.log);
  const portal = await startServer(
    "portal",
    process.execPath,
    [viteScript(), "--host", "127.0.0.1", "--port", `${portalPort}`, "--strictPort", "--clearScreen", "false"],
    {
      cwd: join(root, "www"),
      env: { ...env, VITE_SANDBOX_URL: sandbox.url },
      ready: /Local:\s+(http:\S+)/,
      onLine: log("portal "),
    },
  );
  await fetch(portal.url).catch((error) => {
    throw new Stop(`The portal at ${portal.url} does not answer: ${error.message}.`);
  });
  console.log(paint("bold", `\nOpen ${portal.url} (the sandbox is at ${sandbox.url}). Ctrl-C ends both.\n`));

  const ended = await Promise.race([sandbox, portal].map(async (server) => ({ server, how: await server.exited })));
  const other = ended.server === sandbox ? portal : sandbox;
  await end(other.child);
  throw new Stop(`The ${ended.server.name} ${ended.how}, so the ${other.name} was ended too.`);
});
