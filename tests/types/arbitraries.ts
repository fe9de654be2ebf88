// Random values of a type.
import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { resolved } from "./shapes.ts";
import type { Shape, Types } from "./shapes.ts";

/** Composed and decomposed text, surrogate pairs, lone surrogates, and invisible characters. */
const unusualTexts = [
  "Trần Văn Nghĩa",
  "Trần Văn Nghĩa".normalize("NFD"),
  "𠮷野家😀",
  "\ud800",
  "\udfff!",
  "\u0000",
  "\ufeff",
];
const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.constantFrom(...unusualTexts));

/** Numbers beyond exact integers and beyond 32 bits, the smallest number, and both zeros. */
const unusualNumbers = [2 ** 53, 2 ** 53 + 2, -(2 ** 53), 2 ** 31, 1e21, 1e308, -1e308, 5e-324, 0, -0, 0.1 + 0.2];
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...unusualNumbers));

/** Any JSON value. */
export const anyJson = fc.oneof(fc.jsonValue({ maxDepth: 2 }), text, number) as Arbitrary<unknown>;

/** Values of a type; objects also get undocumented fields. */
export function values(types: Types, type: Shape): Arbitrary<unknown> {
  const shape = resolved(types, type);
  switch (shape.is) {
    case "null":
      return fc.constant(null);
    case "string":
      return text;
    case "number":
      return number;
    case "boolean":
      return fc.boolean();
    case "literal":
      return fc.constant(shape.value);
    case "unknown":
      return anyJson;
    case "list":
      return fc.array(values(types, shape.of), { maxLength: 3 });
    case "union":
      return fc.oneof(...shape.of.map((one) => values(types, one)));
    case "object": {
      const fields = Object.entries(shape.fields);
      const required = fields.filter(([, { optional }]) => !optional).map(([name]) => name);
      const known = fields.map(([name, field]): [string, Arbitrary<unknown>] => {
        // A required string must not be empty.
        const mustNotBeEmpty = !field.optional && field.shape.is === "string";
        return [name, mustNotBeEmpty ? text.filter((value) => value !== "") : values(types, field.shape)];
      });
      const undocumented = fc.dictionary(
        fc.string().filter((name) => !Object.hasOwn(shape.fields, name)),
        anyJson,
        { maxKeys: 2 },
      );
      const documented = fc.record(Object.fromEntries(known), { requiredKeys: required });
      return fc.tuple(undocumented, documented).map(([others, value]) => ({ ...others, ...value }));
    }
    default:
      throw new Error(`JSON has no ${shape.is}`);
  }
}
