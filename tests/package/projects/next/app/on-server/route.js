import { mainJob } from "../../shared/job.js";

export async function GET(request) {
  return Response.json(await mainJob(request.nextUrl.searchParams.get("sandbox")));
}
