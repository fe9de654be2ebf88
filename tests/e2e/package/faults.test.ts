// Runs the fault matrix over real connections. Checks the result of the call, the number of requests sent and received, the
// data stored by the sandbox, and that nothing emitted by the SDK contains a secret.
import { OutcomeUnknownError, PartnerError } from "omicall-partner";
import type { ClientEvent, PartnerClient } from "omicall-partner";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ALL_CELLS, CELLS, LISTS, OPERATIONS } from "./faults";
import type { Operation } from "./faults";
import { CONSOLE_METHODS, everything, expectNoSecrets } from "./leaks";
import {
  admin,
  collect,
  storedTenant,
  sandboxClient,
  setKeepAlive,
  newTenant,
  newTopUp,
  rawRequest,
  requestLog,
  reset,
  SEEDED,
  signIn,
  injectFault,
  tenantCount,
  UPDATE_BALANCE,
} from "./support";

const tenant = newTenant({ password: "Pl4nted-Passw0rd!" });
const topUp = newTopUp({ description: "planted description, which has the fifty characters that it needs" });

const purchase = { email: SEEDED.email, note: "planted note of a purchase" };
const months = { ...purchase, month_num: 6 };
const number = { ...purchase, number: "842800091430", number_count: 6 };

const run: Record<Operation, (omi: PartnerClient) => Promise<unknown>> = {
  "tenants.list, awaited": async (omi) => omi.tenants.list(),
  "tenants.list, iterated": (omi) => collect(omi.tenants.list()),
  "tenants.get": (omi) => omi.tenants.get(SEEDED.id),
  "tenants.waitUntilActive": (omi) => omi.tenants.waitUntilActive(SEEDED.id),
  "account.me": (omi) => omi.account.me(),
  "account.agency": (omi) => omi.account.agency(),
  "packages.list": (omi) => omi.packages.list(),
  "packages.templates": (omi) => omi.packages.templates(),
  "numbers.list, awaited": async (omi) => omi.numbers.list(),
  "numbers.list, iterated": (omi) => collect(omi.numbers.list()),
  "request GET": (omi) => omi.request("GET", "/api/partner/me"),
  "tenants.create": (omi) => omi.tenants.create(tenant),
  "tenants.topUp": (omi) => omi.tenants.topUp(topUp),
  "tenants.topUp with recordBalance": (omi) => omi.tenants.topUp(topUp, { recordBalance: true }),
  "packages.upgrade": (omi) => omi.packages.upgrade({ ...months, code_name: "omi_start" }),
  "packages.extend with recordEvidence": (omi) => omi.packages.extend(months, { recordEvidence: true }),
  "numbers.buy": (omi) => omi.numbers.buy(number),
  "numbers.buy with recordEvidence": (omi) => omi.numbers.buy(number, { recordEvidence: true }),
  "request POST": (omi) => omi.request("POST", "/api/partner/tenant/update_balance", { body: topUp }),
};

async function countEffects(operation: Operation): Promise<number> {
  if (operation === "tenants.create") return (await tenantCount()) - SEEDED.total;
  const { top_ups, purchases } = await storedTenant(SEEDED.email);
  if (OPERATIONS[operation].endpoint === UPDATE_BALANCE)
    return top_ups.filter(({ amount }) => amount === topUp.amount).length;
  return purchases.filter(({ note }) => note === purchase.note).length;
}

/** A trial cannot be extended, so the tenant first gets a package that can. */
const prepare = async (operation: Operation) =>
  operation === "packages.extend with recordEvidence" &&
  rawRequest("/api/partner/service_package/upgrade", {
    body: { ...months, code_name: "omi_start", note: "an earlier purchase" },
  });

beforeEach(async () => {
  await reset();
  await setKeepAlive(false);
  performance.clearResourceTimings();
  for (const method of CONSOLE_METHODS) vi.spyOn(console, method);
  // With this random value the retry delay is 250 ms. It is skipped here; responses.test.ts tests it.
  vi.spyOn(Math, "random").mockReturnValue(0);
  const start = globalThis.setTimeout;
  vi.stubGlobal("setTimeout", (handler: () => void, ms?: number) => start(handler, ms === 250 ? 0 : ms));
});

afterEach(async () => {
  for (const method of CONSOLE_METHODS) expect(console[method]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await reset();
});

for (const cell of CELLS) {
  const { operation, expected } = cell;
  const { endpoint } = OPERATIONS[operation];

  test(`${operation}: ${cell.name}`, async () => {
    await prepare(operation);
    const tokens: string[] = [];
    const events: ClientEvent[] = [];
    const omi = await sandboxClient({
      token: async () => tokens[tokens.push(await signIn()) - 1] ?? "",
      maxRetries: 1,
      // Only a hanging response must reach the timeout.
      timeoutMs: cell.fault.kind === "hang" ? 800 : 20_000,
      onEvent: (event) => events.push(event),
    });
    await injectFault(endpoint, cell.fault, { effect: cell.effect, ...(cell.count && { count: cell.count }) });

    let result: unknown;
    const error: unknown = await run[operation](omi).then(
      (value) => void (result = value),
      (error: unknown) => error,
    );

    // The result of the call.
    if (!expected.error) expect(error).toBeUndefined();
    else expect(error).toBeInstanceOf(PartnerError);
    if (error instanceof PartnerError) {
      expect({ name: error.name, code: error.code }).toEqual(expected.error);
      expect(error).toMatchObject({ endpoint, attempts: expected.attempts ?? expected.requests });
      if (expected.cause) expect(error.cause).toMatchObject(expected.cause);
      expect(error instanceof OutcomeUnknownError).toBe(expected.cause !== undefined);
    }

    const isWrite = cell.effects !== undefined;
    const retryableErrors = ["NetworkError", "TimeoutError", "ServerError", "RateLimitError"];
    if (error instanceof PartnerError) expect(error.retryable).toBe(retryableErrors.includes(error.name));

    // The requests that the SDK sent and that the sandbox received.
    const sent = events.filter((event) => event.type === "request" && event.endpoint === endpoint);
    const log = await requestLog();
    expect(sent).toHaveLength(expected.requests);
    const received = log.filter((request) => request.endpoint === endpoint).length;
    if (expected.repeated) expect(received).toBeGreaterThan(expected.requests);
    else expect(received).toBe(expected.requests);

    // What the sandbox has stored, and what the SDK reads from it.
    if (isWrite) expect(await countEffects(operation)).toBe(cell.effects);
    const outcome = cell.effects === 1 ? "applied" : "notApplied";
    const isRecorded = operation.includes(" with record");
    const isConclusive = operation === "tenants.create" || isRecorded;
    if (error instanceof OutcomeUnknownError) {
      expect((await error.reconcile()).outcome).toBe(isConclusive ? outcome : "inconclusive");
    } else if (error === undefined && isRecorded) {
      expect(result).toMatchObject({ evidence: { outcome } });
    }

    // Nothing that a log, an error tracker or an address bar could show contains a secret.
    const secrets = {
      password: tenant.password,
      description: topUp.description,
      note: purchase.note,
      "API key": SEEDED.apiKey,
      ...Object.fromEntries(tokens.map((token, index) => [`token ${index}`, token])),
    };
    expect(tokens).not.toHaveLength(0);
    if (error !== undefined) expectNoSecrets(`${everything(error)} ${JSON.stringify(error)}`, secrets);
    expectNoSecrets(`${everything(events)} ${JSON.stringify(events)} ${everything(omi)}`, secrets);
    const addresses = performance.getEntriesByType("resource").map(({ name }) => name);
    expectNoSecrets([...addresses, ...log.map(({ url }) => url)].join("\n"), secrets);
  });
}

test("the matrix is complete: a result for every fault kind of the sandbox, on every operation", async () => {
  const unknown = await admin("POST", "faults", { endpoint: "*", fault: { kind: "?" } }).catch(String);
  const known = [...String(unknown).matchAll(/`([a-z_]+)`/g)].map(([, kind]) => kind);
  expect(known.length).toBeGreaterThan(15);
  const isForLists = (kind: string | undefined) => kind === "repeated_page" || kind === "endless";
  const wanted = known.flatMap((kind) =>
    Object.entries(OPERATIONS).flatMap(([operation, { endpoint }]) =>
      isForLists(kind) && !LISTS.includes(endpoint) ? [] : [`${kind}: ${operation}`],
    ),
  );
  const covered = new Set(ALL_CELLS.map(({ fault, operation }) => `${fault.kind}: ${operation}`));
  expect([...covered].sort()).toEqual([...new Set(wanted)].sort());
  if (import.meta.env["BROWSER"] === "firefox") return;
  expect(new Set(CELLS.map(({ row }) => row))).toEqual(new Set(ALL_CELLS.map(({ row }) => row)));
  expect(new Set(CELLS.map(({ operation }) => operation))).toEqual(new Set(Object.keys(OPERATIONS)));
});
