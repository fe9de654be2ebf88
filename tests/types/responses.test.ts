// Random responses: a payload that its type allows is returned unchanged; any other is rejected at a path that violates it.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { NumberPage, TenantPage } from "omicall-partner";
import { describe, expect, inject, test } from "vitest";
import { anyJson, values } from "./arbitraries.ts";
import { callsByType, success, errorOf, inPayload, json, protocolErrorOf, shapeOf, stubbedClient } from "./client.ts";
import { pathsIn, replaced } from "./paths.ts";
import { mismatches } from "./shapes.ts";

const types = inject("types");
const parameters = { seed: Number(process.env["PROPERTY_SEED"] ?? 1), numRuns: 300 };

/** A page that claims no next page, so that the check for consistent lists does not reject it. */
function asLastPage(payload: unknown): unknown {
  const page = payload as Partial<NumberPage | TenantPage>;
  if (typeof page !== "object" || page === null || !Array.isArray(page.items)) return payload;
  return { ...page, has_next: false };
}

describe.for(Object.entries(callsByType))("%s", ([name, call]) => {
  const type = shapeOf(name);
  const isPage = name.endsWith("Page");
  const valid = values(types, type).map((payload) => (isPage ? asLastPage(payload) : payload));

  test("a payload of the type is returned unchanged", async () => {
    const property = fc.asyncProperty(valid, async (payload) => {
      expect(mismatches(types, type, payload)).toEqual([]);
      const received = await call(await stubbedClient(() => success(payload)));
      // Compares with the result of JSON.parse; -0 is not 0.
      if (!isDeepStrictEqual(received, JSON.parse(json(payload)))) expect(received).toStrictEqual(payload);
    });
    await fc.assert(property, parameters);
  });

  test("a payload of another type is rejected, with the path of a mismatch", async () => {
    const count = { accepted: 0, rejected: 0 };
    const paths = pathsIn(types, type).map(({ path }) => path);
    const change = fc.record({ path: fc.constantFrom(...paths), value: fc.option(anyJson, { nil: undefined }) });
    const property = fc.asyncProperty(
      valid,
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (original, changes) => {
        const changed = changes.reduce<unknown>(
          (document, { path, value }) => replaced(document, path, value),
          original,
        );
        const payload = isPage ? asLastPage(changed) : changed;
        const wrongPaths = mismatches(types, type, payload).map(inPayload);
        const error = protocolErrorOf(await errorOf(call(await stubbedClient(() => success(payload)))));
        count[error ? "rejected" : "accepted"]++;
        if (error?.actual === "empty string") return;
        expect(error === undefined ? [] : wrongPaths).toEqual(wrongPaths);
        if (error) expect(wrongPaths).toContain(error.path);
      },
    );
    await fc.assert(property, parameters);
    // Both cases must be frequent.
    expect(count.accepted).toBeGreaterThan(20);
    expect(count.rejected).toBeGreaterThan(20);
  });
});

test.for([
  ["9007199254740993", 2 ** 53],
  ["1e400", Infinity],
  ["-0", -0],
  ["0.1", 0.1],
  ["1E3", 1000],
])("the number %s is parsed like JSON.parse does", async ([written, balance]) => {
  const omi = await stubbedClient(() => new Response(`{"status_code":9999,"payload":{"balance":${written}}}`));
  expect(await omi.tenants.get("a1")).toStrictEqual({ balance });
});
