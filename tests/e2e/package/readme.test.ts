// Runs the examples of the READMEs.
import { expect, test, vi } from "vitest";

test.each([
  ["README.md", () => import("readme:README.md")],
  ["README.vi.md", () => import("readme:README.vi.md")],
])("the example of %s runs and has the documented result", async (_, run) => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await run();
    const evidence = { balanceBefore: 0, balanceAfter: 500_000, outcome: "applied" };
    await vi.waitFor(() => expect(log.mock.calls).toEqual([[evidence], ["Sao Mai"]]), { timeout: 20_000 });
  } finally {
    log.mockRestore();
  }
});
