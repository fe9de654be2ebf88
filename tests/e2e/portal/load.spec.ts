import { expect, rows, test } from "./portal";

test("a portal whose WebAssembly does not load says why, and starts after another try", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Không khởi động được cổng đại lý");
  await expect(alert).toContainText(/Không .+ tệp WebAssembly/);
  await page.unroute("**/*.wasm");
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(rows(page)).toHaveCount(21);
});
