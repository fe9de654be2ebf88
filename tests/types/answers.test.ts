// Random answers: one that its type allows arrives as it is, every other one is refused where the type says.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { TenantPage } from "omicall-partner";
import { describe, expect, inject, test } from "vitest";
import { anyJson, values } from "./arbitraries.ts";
import { answered, done, failure, inPayload, json, mismatch, offline } from "./client.ts";
import { places, replaced } from "./places.ts";
import { faults } from "./shapes.ts";

const types = inject("types");
const parameters = { seed: Number(process.env["PROPERTY_SEED"] ?? 1), numRuns: 300 };

/** A page that does not contradict itself: where a list ends is not a matter of types. */
function consistent(payload: unknown): unknown {
  const page = payload as Partial<TenantPage>;
  if (typeof page !== "object" || page === null || !Array.isArray(page.items)) return payload;
  return { ...page, has_next: false };
}

describe.for(Object.entries(answered))("%s", ([name, call]) => {
  const type = { is: "type", name } as const;
  const valid = values(types, type).map((payload) => (name === "TenantPage" ? consistent(payload) : payload));

  test("what the type allows arrives as it is", async () => {
    const property = fc.asyncProperty(valid, async (payload) => {
      expect(faults(types, type, payload)).toEqual([]);
      const received = await call(await offline(() => done(payload)));
      // As the browser's own parser reads it; -0 is not 0.
      if (!isDeepStrictEqual(received, JSON.parse(json(payload)))) expect(received).toStrictEqual(payload);
    });
    await fc.assert(property, parameters);
  });

  test("what it does not allow is refused, and the place named", async () => {
    const count = { taken: 0, refused: 0 };
    const spots = places(types, type).map(({ path }) => path);
    const change = fc.record({ path: fc.constantFrom(...spots), value: fc.option(anyJson, { nil: undefined }) });
    const property = fc.asyncProperty(
      valid,
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (whole, changes) => {
        const changed = changes.reduce<unknown>((document, { path, value }) => replaced(document, path, value), whole);
        const payload = name === "TenantPage" ? consistent(changed) : changed;
        const wrong = faults(types, type, payload).map(inPayload);
        const error = mismatch(await failure(call(await offline(() => done(payload)))));
        count[error ? "refused" : "taken"]++;
        if (error?.actual === "empty string") return;
        expect(error === undefined ? [] : wrong).toEqual(wrong);
        if (error) expect(wrong).toContain(error.path);
      },
    );
    await fc.assert(property, parameters);
    // Both happen often enough for the test to mean something.
    expect(count.taken).toBeGreaterThan(20);
    expect(count.refused).toBeGreaterThan(20);
  });
});

test.for([
  ["9007199254740993", 2 ** 53],
  ["1e400", Infinity],
  ["-0", -0],
  ["0.1", 0.1],
  ["1E3", 1000],
])("the number %s is what JSON makes of it", async ([written, balance]) => {
  const omi = await offline(() => new Response(`{"status_code":9999,"payload":{"balance":${written}}}`));
  expect(await omi.tenants.get("a1")).toStrictEqual({ balance });
});
