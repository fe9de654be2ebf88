// Every documented field of a response: the core accepts the values that its type allows, and rejects all others.
import { describe, expect, inject, test } from "vitest";
import { callsByType, errorOf, inPayload, protocolErrorOf, shapeOf, stubbedClient, success } from "./client.ts";
import { pathsIn, replaced, sample } from "./paths.ts";
import { mismatches } from "./shapes.ts";

const types = inject("types");

/** A value of every JSON type; `undefined` removes the field. */
const jsonValues = [undefined, null, "text", "5", 0, -1.5, 1e308, true, false, [], [null], [5], [{}], {}, { id: 5 }];

describe.for(Object.entries(callsByType))("%s", ([name, call]) => {
  const type = shapeOf(name);
  const complete = sample(types, type);

  test("a payload with all fields is returned unchanged", async () => {
    expect(mismatches(types, type, complete, true)).toEqual([]);
    expect(await call(await stubbedClient(() => success(complete)))).toEqual(complete);
  });

  const table = pathsIn(types, type).map(({ path }) => [path.join(".") || "the payload", path] as const);
  test.for(table)("%s", async ([, path]) => {
    let rejected = 0;
    for (const value of jsonValues) {
      const payload = replaced(complete, path, value);
      const [mismatch] = mismatches(types, type, payload);
      const error = protocolErrorOf(await errorOf(call(await stubbedClient(() => success(payload)))));
      expect({ value, path: error?.path }).toEqual({
        value,
        path: mismatch === undefined ? undefined : inPayload(mismatch),
      });
      if (mismatch !== undefined) rejected++;
    }
    // A documented field must reject some values.
    expect(rejected).toBeGreaterThan(0);
  });
});

test("a required id must not be empty, which the type cannot express", async () => {
  for (const [name, payload] of [
    ["CreatedTenant", { id: "" }],
    ["TenantPage", { items: [{ id: "" }] }],
    ["NumberPage", { items: [{ number: "" }] }],
  ] as const) {
    const error = protocolErrorOf(await errorOf(callsByType[name]!(await stubbedClient(() => success(payload)))));
    expect(error).toMatchObject({ expected: "string", actual: "empty string" });
  }
});
