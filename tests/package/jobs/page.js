// Runs the job that the page's URL names, against the sandbox that it names, and writes the outcome into the page.
import { errorsJob } from "./errors.js";
import { mainJob } from "./job.js";

/** @typedef {(sandbox: string) => Promise<unknown>} Job */

/** @param {Element | null} output @param {Record<string, Job>} [more] further jobs of this page */
export async function start(output, more) {
  const query = new URLSearchParams(location.search);
  /** @type {Record<string, Job>} */
  const jobs = { main: mainJob, errors: errorsJob, ...more };
  const job = jobs[query.get("do") ?? "main"];
  const outcome = await job(query.get("sandbox") ?? "").catch((error) => ({ error: String(error) }));
  if (output) output.textContent = JSON.stringify(outcome);
}

/** Runs the main job in a worker. @param {Worker} worker @param {string} sandbox */
export const runInWorker = (worker, sandbox) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`The worker failed: ${message}`));
    worker.postMessage(sandbox);
  });
