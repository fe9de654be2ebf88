// Random values, made by a shape.
import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { resolved } from "./shapes.ts";
import type { Shape, Types } from "./shapes.ts";

/** Composed and decomposed, beyond 16 bits, half a character, and what only looks like nothing. */
const oddTexts = [
  "Trần Văn Nghĩa",
  "Trần Văn Nghĩa".normalize("NFD"),
  "𠮷野家😀",
  "\ud800",
  "\udfff!",
  "\u0000",
  "\ufeff",
];
const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.constantFrom(...oddTexts));

/** Beyond what is exact, beyond 32 bits, the smallest, and both zeros. */
const oddNumbers = [2 ** 53, 2 ** 53 + 2, -(2 ** 53), 2 ** 31, 1e21, 1e308, -1e308, 5e-324, 0, -0, 0.1 + 0.2];
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...oddNumbers));

/** Texts and objects from anywhere. */
export const anyJson = fc.oneof(fc.jsonValue({ maxDepth: 2 }), text, number) as Arbitrary<unknown>;

/** Values of a type; its objects have fields on them that nobody documented. */
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
      const must = fields.filter(([, { optional }]) => !optional).map(([name]) => name);
      const known = fields.map(([name, field]): [string, Arbitrary<unknown>] => {
        // What is promised is not empty.
        const promised = !field.optional && field.shape.is === "string";
        return [name, promised ? text.filter((value) => value !== "") : values(types, field.shape)];
      });
      const strange = fc.dictionary(
        fc.string().filter((name) => !Object.hasOwn(shape.fields, name)),
        anyJson,
        { maxKeys: 2 },
      );
      const documented = fc.record(Object.fromEntries(known), { requiredKeys: must });
      return fc.tuple(strange, documented).map(([others, value]) => ({ ...others, ...value }));
    }
    default:
      throw new Error(`no JSON is a ${shape.is}`);
  }
}
