import { doMainJob } from "./job.js";

await doMainJob(document.querySelector("output"));
