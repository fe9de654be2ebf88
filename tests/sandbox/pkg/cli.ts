#!/usr/bin/env node
// The program: serves the sandbox over HTTP, with Node.js alone.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequest, sendResponse } from "@remix-run/node-fetch-server";
import { CommandLine, CommandLineOutput, load } from "./core.js";

await load();
try {
  serve(CommandLine.parse(process.argv.slice(2)));
} catch (output) {
  if (!(output instanceof CommandLineOutput)) throw output;
  (output.exitCode === 0 ? process.stdout : process.stderr).write(`${output.text.trimEnd()}\n`);
  process.exitCode = output.exitCode;
}

function serve(commandLine: CommandLine): void {
  const { host, port } = commandLine;
  // The reader of the output may be gone.
  process.stdout.on("error", () => {});
  const sandbox = commandLine.start();

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    let request: Request;
    try {
      // Whatever the client calls this host.
      request = createRequest(incoming, outgoing, { host: "localhost" });
    } catch {
      outgoing.writeHead(400).end(); // such as the method TRACE, which no `Request` can have
      return;
    }
    try {
      await sendResponse(outgoing, await sandbox.handle(request));
    } catch {
      // A fault cuts the connection, after what was written so far, or the client has closed it.
      incoming.socket.destroySoon();
    }
  }

  const server = createServer((incoming, outgoing) => void respond(incoming, outgoing));
  // A browser may send a request again when an idle connection is closed under it.
  server.keepAliveTimeout = 0;
  server.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    const reason =
      code === "EADDRINUSE"
        ? `port ${port} on ${host} is already in use; choose another with --port (0 takes any free one)`
        : `cannot listen on ${host} port ${port} (see --host and --port): ${message}`;
    process.stderr.write(`omicall-partner-sandbox: ${reason}\n`);
    process.exit(1);
  });
  server.listen(port, host, () => {
    const { address, family, port } = server.address() as AddressInfo;
    const authority = family === "IPv6" ? `[${address}]:${port}` : `${address}:${port}`;
    process.stdout.write(`sandbox listening on http://${authority}${sandbox.basePath}\n`);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
}
