// A page with a strict Content Security Policy, which vitest.config.ts serves without a bundler.
import { beforeEach, expect, test } from "vitest";
import { reset, SANDBOX, signIn } from "./support";

interface JobWindow extends Window {
  outcome: (baseUrl: string, token: string) => Promise<Record<string, unknown>>;
}

/** What the job came to on the page of this name. */
async function outcomeOn(page: string): Promise<Record<string, unknown>> {
  const frame = document.createElement("iframe");
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  frame.src = `/csp/${page}/`;
  document.body.append(frame);
  try {
    await loaded;
    return await (frame.contentWindow as unknown as JobWindow).outcome(SANDBOX, await signIn());
  } finally {
    frame.remove();
  }
}

/** What the page has blocked on purpose. */
const PROVOKED = `img-src ${SANDBOX}/provoked.png`;

beforeEach(reset);

test("the policy is the strict one", async () => {
  const header = async (page: string) => (await fetch(`/csp/${page}/`)).headers.get("content-security-policy");
  const policy = (scripts: string) => `default-src 'self'; script-src ${scripts}; connect-src 'self' ${SANDBOX}`;
  expect(await header("wasm")).toBe(policy("'self' 'wasm-unsafe-eval'"));
  expect(await header("no-wasm")).toBe(policy("'self'"));
});

test("with 'wasm-unsafe-eval' the whole job is done, and nothing of it is blocked", async () => {
  const id: unknown = expect.stringMatching(/^[0-9a-f]{24}$/);
  const outcome = await outcomeOn("wasm");
  expect(outcome).toEqual({
    id,
    status: "activated",
    found: [outcome["id"]],
    amount: 500_000,
    balance: 500_000,
    blocked: [PROVOKED],
  });
});

test("without it connect says what is missing", async () => {
  expect(await outcomeOn("no-wasm")).toEqual({
    name: "LoadError",
    code: "wasm_blocked_by_csp",
    message: expect.stringContaining("'wasm-unsafe-eval'"),
    blocked: ["script-src wasm-eval", PROVOKED],
  });
});
