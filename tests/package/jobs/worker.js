import { mainJob } from "./job.js";

self.onmessage = async ({ data }) => {
  self.postMessage(await mainJob(data).catch((error) => ({ error: String(error) })));
};
