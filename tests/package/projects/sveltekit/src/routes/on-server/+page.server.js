import { mainJob } from "../../../jobs/job.js";

export const load = async ({ url }) => ({ outcome: await mainJob(url.searchParams.get("sandbox")) });
