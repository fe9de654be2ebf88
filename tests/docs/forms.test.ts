// The forms of the guide on forms, with the form libraries themselves, in Chromium against the sandbox.
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "@playwright/test";
import { connect, type PartnerClient } from "omicall-partner";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { reactive } from "vue";
import { launch, open, pageOf, project, serve, viteBuild } from "./browser";
import { compile } from "./compile";
import { fileOf } from "./documents";
import { requests, reset, SANDBOX, tenantState, token } from "./sandbox";
import { writeSources } from "./typecheck";

/** A tenant that the sandbox always has. */
const EMAIL = "quynh.nguyen1@example.net";
const DESCRIPTION = "Top-up for November, as agreed with the owner by phone today.";

/** The page: the form that the hash names. */
const main = `
import { MantineProvider } from "@mantine/core";
import { connect } from "omicall-partner";
import { createRoot } from "react-dom/client";
import { createApp, h } from "vue";
import { MantineTopUpForm } from "./src/MantineTopUpForm";
import { NewTenantForm } from "./src/NewTenantForm";
import { TopUpForm } from "./src/TopUpForm";
import { useNewTenantForm } from "./src/useNewTenantForm";

const [, form, language] = location.hash.split("/");
const token = () => fetch("/omi-token").then((response) => response.text());
const omi = await connect({ baseUrl: "http://127.0.0.1:8787", token, language });
const root = document.getElementById("root");
const done = () => void (document.title = "done");
const topUp = { omi, email: "${EMAIL}", onDone: done };

/** The fields by the names of the parameters. */
const vueForm = ({ defineField, errors, submit }) => {
  const names = ["fullName", "ownerName", "email", "phone", "password", "confirmPassword"];
  const fields = names.map((name) => [name, ...defineField(name)]);
  return () =>
    h("form", { onSubmit: submit, novalidate: true }, [
      ...fields.map(([name, model]) =>
        h("label", [name, h("input", { value: model.value, onInput: ({ target }) => (model.value = target.value) }), h("small", errors.value[name])]),
      ),
      h("input", { type: "submit" }),
    ]);
};
const forms = {
  "react-hook-form": () => createRoot(root).render(<NewTenantForm omi={omi} onCreated={done} />),
  tanstack: () => createRoot(root).render(<TopUpForm {...topUp} />),
  mantine: () => createRoot(root).render(<MantineProvider><MantineTopUpForm {...topUp} /></MantineProvider>),
  "vee-validate": () => createApp({ setup: () => vueForm(useNewTenantForm(omi, done)) }).mount(root),
};
forms[form]();
`;

let browser: Browser;
let omi: PartnerClient;

beforeAll(async () => {
  writeSources();
  browser = await launch();
  omi = await connect({ baseUrl: SANDBOX, token });
});
afterAll(() => browser?.close());
beforeEach(reset);

const sent = async () => Object.keys(await requests()).filter((endpoint) => endpoint !== "GET /api/auth");

describe.each([
  ["docs/guides/forms.md", "en"],
  ["docs/guides/vi/forms.md", "vi"],
] as const)("%s", (guide, language) => {
  const texts = {
    en: {
      email: "The e-mail address is not valid.",
      amount: "Enter the amount.",
      description: "The description must have at least 50 characters.",
      confirmPassword: "The passwords are not the same.",
      registered: /already exists/,
      refused: /^The request was refused/,
    },
    vi: {
      email: "Email không hợp lệ.",
      amount: "Hãy nhập số tiền.",
      description: "Nội dung nạp tiền phải có ít nhất 50 ký tự.",
      confirmPassword: "Mật khẩu nhập lại không khớp.",
      registered: /^Đã có doanh nghiệp dùng email này/,
      refused: /^Yêu cầu bị từ chối/,
    },
  }[language];
  let site: string;

  beforeAll(async () => {
    const files = { "index.html": pageOf("/main.tsx"), "main.tsx": main.replaceAll("http://127.0.0.1:8787", SANDBOX) };
    site = await viteBuild(project(`forms-${language}`, guide, files), { build: { target: "es2022" } });
  });

  /** Opens a form, and hands over its fields, in the order in which they are shown, and their messages. */
  const openForm = (name: string, use: (form: Form) => Promise<void>) =>
    serve({ "/": site }, {}, async ({ url }) => {
      const { page, errors } = await open(browser, `${url}/#/${name}/${language}`);
      const fields = page.locator("input:not([type=submit]), textarea:not([aria-hidden])");
      await fields.first().waitFor();
      await use({
        page,
        fill: async (...values) => {
          for (const [index, value] of values.entries()) await fields.nth(index).fill(value);
        },
        submit: () => page.locator("[type=submit]").click(),
        message: (text) => page.getByText(text).waitFor(),
        done: () => page.waitForFunction(() => document.title === "done"),
      });
      expect(errors.filter((error) => !error.includes("status of 4"))).toEqual([]);
      await page.close();
    });

  interface Form {
    readonly page: Page;
    readonly fill: (...values: string[]) => Promise<void>;
    readonly submit: () => Promise<void>;
    readonly message: (text: string | RegExp) => Promise<void>;
    readonly done: () => Promise<unknown>;
  }

  describe.each(["react-hook-form", "vee-validate"])("%s", (name) => {
    const valid = ["Sao Mai", "Nguyễn Thị Lan", "lan@saomai.example", "0901234567", "Abcdef1!", "Abcdef1!"];

    test("shows each issue at its field, and sends nothing", async () => {
      await openForm(name, async ({ fill, submit, message }) => {
        await fill(...valid.with(2, "lan@").with(5, "Abcdef1"));
        await submit();
        await message(texts.email);
        await message(texts.confirmPassword);
      });
      expect(await sent()).toEqual([]);
    });

    test("creates the tenant, without the additional field; the server's error is shown at its field", async () => {
      await openForm(name, async ({ fill, submit, message, done }) => {
        await fill(...valid.with(2, EMAIL));
        await submit();
        await message(texts.registered);
        await fill(...valid);
        await submit();
        await done();
      });
      expect(await tenantState("lan@saomai.example")).toMatchObject({ balance: 0 });
    });
  });

  describe.each(["tanstack", "mantine"])("%s", (name) => {
    test("shows each issue at its field, and sends nothing", async () => {
      await openForm(name, async ({ fill, submit, message }) => {
        await fill("lan@", "", "Too short.");
        await submit();
        for (const field of ["email", "amount", "description"] as const) await message(texts[field]);
      });
      expect(await sent()).toEqual([]);
    });

    test("tops up; the server's error is shown at its field", async () => {
      await openForm(name, async ({ fill, submit, message, done }) => {
        await fill("nobody@saomai.example", "500000", DESCRIPTION);
        await submit();
        await message(texts.refused);
        await fill(EMAIL);
        await submit();
        await done();
      });
      expect((await tenantState(EMAIL)).top_ups).toMatchObject([{ amount: 500_000 }]);
    });
  });

  test("tRPC refuses an invalid input, and passes a valid one on", async () => {
    const { createRouter } = await import(pathToFileURL(await compile(fileOf(guide, "router.ts"))).href);
    const caller = createRouter(omi).createCaller({});
    const invalid = { email: EMAIL, amount: 5_000, description: DESCRIPTION };
    await expect(caller.topUp(invalid)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { issues: [{ path: ["amount"], code: "amount_gte_10.000_vnd" }] },
    });
    expect(await sent()).toEqual([]);
    expect(await caller.topUp({ ...invalid, amount: 50_000 })).toMatchObject({ evidence: { outcome: "applied" } });
  });
});

test("a reactive object of Vue is validated as a plain one", () => {
  const params = { email: EMAIL, amount: 50_000, description: DESCRIPTION };
  const { validate } = omi.schemas.topUp["~standard"];
  expect(validate(reactive(params))).toStrictEqual({ value: params });
  expect(validate(reactive({ ...params, amount: "" })).issues).toEqual(validate({ ...params, amount: "" }).issues);
});
