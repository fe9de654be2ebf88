import { expect, rows, test } from "./portal";

test("a portal whose WebAssembly does not load says why, and starts after another try", async ({ page }) => {
  // Neither the file nor the copy of it that helps out.
  const core = /\.wasm$|\/embedded[^/]*\.js$/;
  await page.route(core, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Không khởi động được cổng đại lý");
  await expect(alert).toContainText(/Không .+ tệp WebAssembly/);
  await page.unroute(core);
  await alert.getByRole("button", { name: "Thử lại" }).click();
  await expect(rows(page)).toHaveCount(21);
});
