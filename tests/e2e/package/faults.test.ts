// Runs the fault matrix, over real connections: what the call comes to, how many requests were sent and arrived, what the
// sandbox's books show, and that nothing which the SDK emits holds a secret.
import { OutcomeUnknownError, PartnerError } from "omicall-partner";
import type { ClientEvent, PartnerClient } from "omicall-partner";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CELLS, OPERATIONS } from "./faults";
import type { Operation } from "./faults";
import { CONSOLE_METHODS, everything, expectClean } from "./leaks";
import {
  admin,
  all,
  books,
  connected,
  keepAlive,
  LIST,
  newTenant,
  newTopUp,
  requestLog,
  reset,
  SEEDED,
  signIn,
  strike,
  tenantCount,
} from "./support";

const tenant = newTenant({ password: "Pl4nted-Passw0rd!" });
const topUp = newTopUp({ description: "planted description, which has the fifty characters that it needs" });

const run: Record<Operation, (omi: PartnerClient) => Promise<unknown>> = {
  "tenants.list, awaited": async (omi) => omi.tenants.list(),
  "tenants.list, iterated": (omi) => all(omi.tenants.list()),
  "tenants.get": (omi) => omi.tenants.get(SEEDED.id),
  "tenants.waitUntilActive": (omi) => omi.tenants.waitUntilActive(SEEDED.id),
  "request GET": (omi) => omi.request("GET", "/api/partner/me"),
  "tenants.create": (omi) => omi.tenants.create(tenant),
  "tenants.topUp": (omi) => omi.tenants.topUp(topUp),
  "tenants.topUp with recordBalance": (omi) => omi.tenants.topUp(topUp, { recordBalance: true }),
  "request POST": (omi) => omi.request("POST", "/api/partner/tenant/update_balance", { body: topUp }),
};

const effects = async (operation: Operation): Promise<number> =>
  operation === "tenants.create"
    ? (await tenantCount()) - SEEDED.total
    : (await books(SEEDED.email)).top_ups.filter(({ amount }) => amount === topUp.amount).length;

beforeEach(async () => {
  await reset();
  await keepAlive(false);
  performance.clearResourceTimings();
  for (const method of CONSOLE_METHODS) vi.spyOn(console, method);
  // The wait before a repetition, which is then of 250 ms, is skipped; answers.test.ts has tests of it.
  vi.spyOn(Math, "random").mockReturnValue(0);
  const start = globalThis.setTimeout;
  vi.stubGlobal("setTimeout", (act: () => void, ms?: number) => start(act, ms === 250 ? 0 : ms));
});

afterEach(async () => {
  for (const method of CONSOLE_METHODS) expect(console[method]).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await reset();
});

for (const cell of CELLS) {
  const { operation, end } = cell;
  const { endpoint } = OPERATIONS[operation];

  test(`${operation}: ${cell.name}`, async () => {
    const tokens: string[] = [];
    const events: ClientEvent[] = [];
    const omi = await connected({
      token: async () => tokens[tokens.push(await signIn()) - 1] ?? "",
      maxRetries: 1,
      // Only a hang is to run into it.
      timeoutMs: cell.fault.kind === "hang" ? 700 : 20_000,
      onEvent: (event) => events.push(event),
    });
    await strike(endpoint, cell.fault, { effect: cell.effect, ...(cell.count && { count: cell.count }) });

    let result: unknown;
    const failure: unknown = await run[operation](omi).then(
      (value) => void (result = value),
      (error: unknown) => error,
    );

    // What the caller is told.
    if (!end.error) expect(failure).toBeUndefined();
    else expect(failure).toBeInstanceOf(PartnerError);
    if (failure instanceof PartnerError) {
      expect({ name: failure.name, code: failure.code }).toEqual(end.error);
      expect(failure).toMatchObject({ endpoint, attempts: end.attempts ?? end.requests });
      if (end.cause) expect(failure.cause).toMatchObject(end.cause);
      expect(failure instanceof OutcomeUnknownError).toBe(end.cause !== undefined);
    }

    const isWrite = cell.effects !== undefined;
    const mayPass = ["NetworkError", "TimeoutError", "ServerError", "RateLimitError"];
    if (failure instanceof PartnerError) expect(failure.retryable).toBe(mayPass.includes(failure.name));

    // What was sent, and what arrived.
    const sent = events.filter((event) => event.type === "request" && event.endpoint === endpoint);
    const log = await requestLog();
    expect(sent).toHaveLength(end.requests);
    const arrived = log.filter((request) => request.endpoint === endpoint).length;
    if (end.repeated) expect(arrived).toBeGreaterThan(end.requests);
    else expect(arrived).toBe(end.requests);

    // What the books show, and what the SDK finds in them.
    if (isWrite) expect(await effects(operation)).toBe(cell.effects);
    const outcome = cell.effects === 1 ? "applied" : "notApplied";
    const tells = operation === "tenants.create" || operation === "tenants.topUp with recordBalance";
    if (failure instanceof OutcomeUnknownError) {
      expect((await failure.reconcile()).outcome).toBe(tells ? outcome : "inconclusive");
    } else if (failure === undefined && operation === "tenants.topUp with recordBalance") {
      expect(result).toMatchObject({ evidence: { outcome } });
    }

    // What a log, an error tracker or an address bar could show.
    const secrets = {
      password: tenant.password,
      description: topUp.description,
      "API key": SEEDED.apiKey,
      ...Object.fromEntries(tokens.map((token, index) => [`token ${index}`, token])),
    };
    expect(tokens).not.toHaveLength(0);
    if (failure !== undefined) expectClean(`${everything(failure)} ${JSON.stringify(failure)}`, secrets);
    expectClean(`${everything(events)} ${JSON.stringify(events)} ${everything(omi)}`, secrets);
    const addresses = performance.getEntriesByType("resource").map(({ name }) => name);
    expectClean([...addresses, ...log.map(({ url }) => url)].join("\n"), secrets);
  });
}

test("the matrix is whole: every fault that the sandbox knows, on every operation", async () => {
  const unknown = await admin("POST", "faults", { endpoint: "*", fault: { kind: "?" } }).catch(String);
  const known = [...String(unknown).matchAll(/`([a-z_]+)`/g)].map(([, kind]) => kind);
  expect(known.length).toBeGreaterThan(15);
  const isForLists = (kind: string | undefined) => kind === "repeated_page" || kind === "endless";
  const wanted = known.flatMap((kind) =>
    Object.entries(OPERATIONS).flatMap(([operation, { endpoint }]) =>
      isForLists(kind) && endpoint !== LIST ? [] : [`${kind}: ${operation}`],
    ),
  );
  const struck = new Set(CELLS.map(({ fault, operation }) => `${fault.kind}: ${operation}`));
  expect([...struck].sort()).toEqual([...new Set(wanted)].sort());
});
