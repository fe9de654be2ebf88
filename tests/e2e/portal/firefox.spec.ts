// The main flow in Firefox, by WebDriver: Playwright needs a Firefox of its own, and this is the one that users have.
import { type Browser, remote } from "webdriverio";
import webdriver from "../../../webdriver.json" with { type: "json" };
import { test as base, description, expect, hoaDao } from "./portal";
import { site } from "./sites";

const { FIREFOX_BIN, GECKODRIVER } = process.env;

const test = base.extend<{ firefox: Browser }>({
  firefox: async ({}, use) => {
    const firefox = await remote({
      logLevel: "error",
      capabilities: {
        browserName: "firefox",
        "moz:firefoxOptions": { ...webdriver["moz:firefoxOptions"], ...(FIREFOX_BIN && { binary: FIREFOX_BIN }) },
        "wdio:geckodriverOptions": { ...(GECKODRIVER && { binary: GECKODRIVER }) },
      },
    });
    await use(firefox);
    await firefox.deleteSession();
  },
});

test("a tenant is created, activated, found and topped up in Firefox", async ({ firefox, sandbox }) => {
  const button = (name: string) => firefox.$(`//button[normalize-space()="${name}"]`);
  const field = (label: string) => firefox.$(`//*[@id=//label[starts-with(normalize-space(), "${label}")]/@for]`);
  await firefox.url(site.portalUrl);
  await button("Dùng thử với sandbox").click();
  await firefox.$('//nav//a[starts-with(normalize-space(), "Doanh nghiệp")]').click();
  await firefox.$("//main//*[normalize-space()='120 doanh nghiệp']").waitForExist();

  await firefox.$('//main//button[normalize-space()="Tạo doanh nghiệp"]').click();
  await field("Tên doanh nghiệp").setValue(hoaDao.fullName);
  await field("Tên chủ doanh nghiệp").setValue(hoaDao.ownerName);
  await field("Email").setValue(hoaDao.email);
  await field("Mật khẩu").setValue(hoaDao.password);
  await field("Số điện thoại").setValue(hoaDao.phone);
  await button("Tạo").click();
  await firefox.$('//*[normalize-space()="Tài khoản đã hoạt động."]').waitForDisplayed();
  await firefox.$('//a[normalize-space()="Xem doanh nghiệp"]').click();

  await firefox.$(`//h1[normalize-space()="${hoaDao.fullName}"]`).waitForDisplayed();
  await button("Nạp tiền").click();
  await field("Số tiền").setValue("1250000");
  await expect.poll(() => field("Số tiền").getValue()).toBe("1.250.000");
  await field("Nội dung").setValue(description);
  await button("Tiếp tục").click();
  const confirm = firefox.$('//button[starts-with(normalize-space(), "Nạp 1.250.000")]');
  await confirm.waitForEnabled();
  await confirm.click();
  await firefox.$('//*[normalize-space()="Đã nạp tiền"]').waitForDisplayed();
  expect(await sandbox.tenantState(hoaDao.email)).toMatchObject({ balance: 1_250_000 });
  expect(await sandbox.topUpRequests()).toBe(1);
});
