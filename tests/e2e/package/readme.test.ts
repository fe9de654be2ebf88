// Runs the examples of the READMEs.
import { expect, test, vi } from "vitest";
import { storedTenant, reset } from "./support";

test.each([
  ["README.md", () => import("readme:README.md")],
  ["README.vi.md", () => import("readme:README.vi.md")],
])("the example of %s runs and has the documented result", async (file, run) => {
  await reset();
  const log = vi.spyOn(console, "log");
  const listed = new Promise<void>((resolve) =>
    log.mockImplementation((line) => void (line === "Sao Mai" && resolve())),
  );
  try {
    await run();
    await listed;
  } finally {
    log.mockRestore();
  }
  const { status, top_ups } = await storedTenant(`minh@${import.meta.env["BROWSER"]}.${file.toLowerCase()}.example`);
  expect(status).toBe("activated");
  expect(top_ups).toMatchObject([{ amount: 500_000, wallet: "NORMAL" }]);
});
