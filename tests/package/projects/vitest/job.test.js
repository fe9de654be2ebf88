import { expect, test } from "vitest";
import { mainJob } from "./jobs/job.js";

test("the main job runs where jsdom is the environment and the package is inlined", async () => {
  expect(navigator.userAgent).toContain("jsdom");
  const outcome = await mainJob(process.env.SANDBOX_URL);
  expect(outcome).toEqual({ id: expect.any(String), status: "activated", found: [outcome.id], balance: 500_000 });
});
