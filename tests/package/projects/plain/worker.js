// Workers do not support import maps, so this imports the file by its path.
import { connect } from "./node_modules/omicall-partner/dist/index.js";
import { mainJobWith } from "./jobs/steps.js";

self.onmessage = async ({ data }) => {
  self.postMessage(await mainJobWith(connect, data).catch((error) => ({ error: String(error) })));
};
