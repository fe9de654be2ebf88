import { mainJob } from "./jobs/job.js";

console.log(JSON.stringify(await mainJob(process.argv[2])));
