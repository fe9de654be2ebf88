// What every page does: the job that its address asks for, against the sandbox that it names; the outcome goes into the page.
import { errorsJob } from "./errors.js";
import { mainJob } from "./job.js";

/** @typedef {(sandbox: string) => Promise<unknown>} Job */

/** @param {Element | null} output @param {Record<string, Job>} [more] jobs that only this page can do */
export async function start(output, more) {
  const query = new URLSearchParams(location.search);
  /** @type {Record<string, Job>} */
  const jobs = { main: mainJob, errors: errorsJob, ...more };
  const job = jobs[query.get("do") ?? "main"];
  const outcome = await job(query.get("sandbox") ?? "").catch((error) => ({ error: String(error) }));
  if (output) output.textContent = JSON.stringify(outcome);
}

/** Has a worker do the main job. @param {Worker} worker @param {string} sandbox */
export const askWorker = (worker, sandbox) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`The worker failed: ${message}`));
    worker.postMessage(sandbox);
  });
