import { runInWorker, start } from "./jobs/page.js";

const worker = () => new Worker(new URL("./jobs/worker.js", import.meta.url), { type: "module" });

start(document.querySelector("output"), { worker: (sandbox) => runInWorker(worker(), sandbox) });
