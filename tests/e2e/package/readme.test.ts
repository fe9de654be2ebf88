// The examples of the READMEs, run as they stand there.
import { expect, test, vi } from "vitest";
import { books, reset } from "./support";

test.each([
  ["README.md", () => import("readme:README.md")],
  ["README.vi.md", () => import("readme:README.vi.md")],
])("the example of %s does what it says", async (file, run) => {
  await reset();
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    await run();
    expect(log.mock.calls.map(([line]) => line)).toContain("Sao Mai");
  } finally {
    log.mockRestore();
  }
  const { status, top_ups } = await books(`minh@${import.meta.env["BROWSER"]}.${file.toLowerCase()}.example`);
  expect(status).toBe("activated");
  expect(top_ups).toMatchObject([{ amount: 500_000, wallet: "NORMAL" }]);
});
