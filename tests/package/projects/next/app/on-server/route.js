import { mainJob } from "../../jobs/job.js";

export async function GET(request) {
  return Response.json(await mainJob(request.nextUrl.searchParams.get("sandbox")));
}
