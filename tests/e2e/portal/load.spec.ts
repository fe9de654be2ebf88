import { count, expect, test } from "./portal";

test("a portal whose WebAssembly fails to load shows the reason and can be retried", async ({ page }) => {
  // Blocks both the file and its embedded fallback.
  const core = /\.wasm$|\/embedded[^/]*\.js$/;
  await page.route(core, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/#/tenants");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Không khởi động được cổng đại lý");
  await expect(alert).toContainText(/Không .+ tệp WebAssembly/);
  await page.unroute(core);
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(count(page)).toHaveText("120 doanh nghiệp");
});
