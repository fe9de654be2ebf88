// Values of every kind that JavaScript has, and the kinds that types are made of.
import { resolved } from "./shapes.ts";
import type { Shape, Types } from "./shapes.ts";

/** Of everything that JavaScript has, something. Times that a call can keep. */
export const kinds: unknown[] = [
  ...[undefined, null, "text", "", "GET", 5_000, 20_000.5, -1, NaN, Infinity, true, false, 1n, Symbol("x"), () => {}],
  ...[
    [],
    ["a"],
    {},
    { a: 1 },
    { a: null },
    new Map([["a", 1]]),
    new URLSearchParams("a=1"),
    new String("x"),
    new AbortController().signal,
  ],
];

/** Whether a value of the type may still be against the rules: texts and numbers have some, and what must be JSON. */
export const isRuled = (shape: Shape, value: unknown): boolean =>
  shape.is === "unknown" || typeof value === "number" || (typeof value === "string" && !isFixed(shape));
const isFixed = (shape: Shape): boolean =>
  shape.is === "literal" || shape.is === "undefined" || (shape.is === "union" && shape.of.every(isFixed));

/** The kinds that a type is made of, and of literals the values. */
export function alternatives(types: Types, type: Shape): { kind: string; values: unknown[] }[] {
  const shape = resolved(types, type);
  switch (shape.is) {
    case "unknown":
      return [];
    case "union":
      return shape.of.flatMap((one) => alternatives(types, one));
    case "literal":
      return [{ kind: typeof shape.value, values: [shape.value] }];
    case "list":
    case "dictionary":
    case "object":
    case "global":
      return [{ kind: "object", values: [] }];
    default:
      return [{ kind: shape.is, values: [] }];
  }
}
