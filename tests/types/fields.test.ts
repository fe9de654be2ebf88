// Every documented field of an answer: the core takes what the type allows there, and nothing else.
import { describe, expect, inject, test } from "vitest";
import { answered, done, failure, inPayload, mismatch, offline } from "./client.ts";
import { places, replaced, sample } from "./places.ts";
import { faults } from "./shapes.ts";

const types = inject("types");

/** Of everything that JSON can say, something; and `undefined` for nothing at all. */
const kinds = [undefined, null, "text", "5", 0, -1.5, 1e308, true, false, [], [null], [5], [{}], {}, { id: 5 }];

describe.for(Object.entries(answered))("%s", ([name, call]) => {
  const type = { is: "type", name } as const;
  const whole = sample(types, type);

  test("with everything on it, it is taken as it is", async () => {
    expect(faults(types, type, whole, true)).toEqual([]);
    expect(await call(await offline(() => done(whole)))).toEqual(whole);
  });

  const table = places(types, type).map(({ path }) => [path.join(".") || "the payload", path] as const);
  test.for(table)("%s", async ([, path]) => {
    let refused = 0;
    for (const kind of kinds) {
      const payload = replaced(whole, path, kind);
      const [fault] = faults(types, type, payload);
      const error = mismatch(await failure(call(await offline(() => done(payload)))));
      const what = { kind, path: error?.path };
      expect(what).toEqual({ kind, path: fault === undefined ? undefined : inPayload(fault) });
      if (fault !== undefined) refused++;
    }
    // A field that may be anything would not be worth documenting.
    expect(refused).toBeGreaterThan(0);
  });
});

test("a promised id holds something, which no type can say", async () => {
  for (const [name, payload] of [
    ["CreatedTenant", { id: "" }],
    ["TenantPage", { items: [{ id: "" }] }],
  ] as const) {
    const error = mismatch(await failure(answered[name]!(await offline(() => done(payload)))));
    expect(error).toMatchObject({ expected: "string", actual: "empty string" });
  }
});
