import { askWorker, start } from "./shared/page.js";

const worker = () => new Worker(new URL("./shared/worker.js", import.meta.url), { type: "module" });

start(document.querySelector("output"), { worker: (sandbox) => askWorker(worker(), sandbox) });
