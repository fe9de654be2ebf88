// Sample values of every JavaScript type, and the JavaScript types that a declared type consists of.
import { resolved } from "./shapes.ts";
import type { Shape, Types } from "./shapes.ts";

/** Sample values of every JavaScript type. The numbers are also usable as timeouts. */
export const sampleValues: unknown[] = [
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

/**
 * Whether a value of the type may still violate a validation rule: strings, numbers, JSON bodies and offers, which may have no
 * price, have such rules.
 */
export const hasRules = (shape: Shape, value: unknown): boolean =>
  shape.is === "unknown" ||
  (shape.is === "type" && shape.name.endsWith("Offer")) ||
  typeof value === "number" ||
  (typeof value === "string" && !isFixed(shape));
const isFixed = (shape: Shape): boolean =>
  shape.is === "literal" || shape.is === "undefined" || (shape.is === "union" && shape.of.every(isFixed));

/** The JavaScript types that a type consists of, with the values of literals. */
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
