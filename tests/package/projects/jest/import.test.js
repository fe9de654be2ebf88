/** @jest-environment jsdom */
const { ApiError, connect, isPartnerError } = require("omicall-partner");
const { createSandbox } = require("omicall-partner-sandbox");

test("the package can be imported where the environment lacks what the core needs", () => {
  expect(typeof TextDecoder).toBe("undefined");
  expect(isPartnerError(new ApiError({ code: "email_registered", message: "…" }))).toBe(true);
  expect(isPartnerError(new Error("…"))).toBe(false);
});

test("connect and createSandbox name what is missing", async () => {
  const error = await connect({ baseUrl: "https://portal.example.com", token: "token" }).catch((error) => error);
  expect([error.name, error.code]).toEqual(["LoadError", "wasm_unsupported"]);
  expect(error.message).toContain("TextDecoder, TextEncoder");
  await expect(createSandbox()).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining("TextDecoder, TextEncoder, Request, Response"),
  });
});
