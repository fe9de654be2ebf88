// The package on a page with a strict Content Security Policy. vitest.config.ts serves the page without a bundler.
import { beforeEach, expect, test } from "vitest";
import { reset, SANDBOX, signIn } from "./support";

interface ScenarioWindow extends Window {
  runScenario: (baseUrl: string, token: string) => Promise<Record<string, unknown>>;
}

/** Runs the scenario on the named page and returns its result. */
async function runOn(page: string): Promise<Record<string, unknown>> {
  const frame = document.createElement("iframe");
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  frame.src = `/csp/${page}/`;
  document.body.append(frame);
  try {
    await loaded;
    return await (frame.contentWindow as unknown as ScenarioWindow).runScenario(SANDBOX, await signIn());
  } finally {
    frame.remove();
  }
}

/** The violation that the page causes on purpose. */
const PROVOKED = `img-src ${SANDBOX}/provoked.png`;

beforeEach(reset);

test("the policy is the strict one", async () => {
  const header = async (page: string) => (await fetch(`/csp/${page}/`)).headers.get("content-security-policy");
  const policy = (scripts: string) => `default-src 'self'; script-src ${scripts}; connect-src 'self' ${SANDBOX}`;
  expect(await header("wasm")).toBe(policy("'self' 'wasm-unsafe-eval'"));
  expect(await header("no-wasm")).toBe(policy("'self'"));
});

test("with 'wasm-unsafe-eval' the whole scenario succeeds, and none of its requests is blocked", async () => {
  const id: unknown = expect.stringMatching(/^[0-9a-f]{24}$/);
  const result = await runOn("wasm");
  expect(result).toEqual({
    id,
    status: "activated",
    found: [result["id"]],
    amount: 500_000,
    balance: 500_000,
    blocked: [PROVOKED],
  });
});

test("without 'wasm-unsafe-eval' the error of connect names the missing directive", async () => {
  expect(await runOn("no-wasm")).toEqual({
    name: "LoadError",
    code: "wasm_blocked_by_csp",
    message: expect.stringContaining("'wasm-unsafe-eval'"),
    blocked: ["script-src wasm-eval", PROVOKED],
  });
});
