import { mainJob } from "./shared/job.js";

console.log(JSON.stringify(await mainJob(process.argv[2])));
