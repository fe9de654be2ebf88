// `node sandbox-start.mjs TENANTS`: how long the first sandbox of a process takes with the default data, how long another one takes with
// this many tenants, and how much memory the process has then.
import { createSandbox } from "omicall-partner-sandbox";

const begun = performance.now();
await createSandbox();
const loaded = performance.now();
const rss = process.memoryUsage.rss();
const sandbox = await createSandbox({ tenants: Number(process.argv[2]) });
const ready = performance.now();
const result = {
  firstMs: Math.round(loaded - begun),
  ms: Math.round(ready - loaded),
  rssMiB: Math.round((process.memoryUsage.rss() - rss) / 2 ** 20),
  tenants: (await sandbox.state()).tenants,
};
console.log(JSON.stringify(result));
