// Checks a response in place, in one call across the border: reading the fields of a page of 50 tenants one by one from
// WebAssembly takes 0.74 of the time that `JSON.parse` takes for it, this loop takes 0.2 (see docs/performance.md).
import { typeName } from "./guarded.js";

/**
 * A documented field: `type` is the expected `typeof`, or `object` the expected structure. A `required` field may be neither
 * absent nor null.
 * @typedef {{ name: string, type: string, object: Schema | undefined, isList: boolean, required: boolean }} Field
 * @typedef {Field[]} Schema
 */

/** Rust's names of the types that JSON has. @type {Record<string, string>} */
const types = { String: "string", f64: "number", bool: "boolean" };

/**
 * Reads schemas from text, one per line: a name, then fields such as `id:String!` (required), `balance:f64`,
 * `items:Vec<TenantSummary>!` or `...Tenant` (all fields of an earlier schema).
 * @param {string} text @returns {Record<string, Schema>}
 */
export const parse = (text) => {
  /** @type {Record<string, Schema>} */
  const schemas = Object.create(null);
  for (const line of text.trim().split("\n")) {
    const [schema = "", ...words] = line.split(" ");
    schemas[schema] = words.flatMap((word) => {
      const [, spread, name = "", list, kind = "", required] = /^(\.{3})?(\w+):?(Vec<)?(\w*)>?(!)?$/.exec(word) ?? [];
      const object = schemas[spread ? name : kind];
      if (spread) return object ?? [];
      return {
        name,
        type: types[kind] ?? "object",
        object,
        isList: list !== undefined,
        required: required !== undefined,
      };
    });
  }
  return schemas;
};

/** @typedef {[path: string, expected: string, actual: string]} Mismatch */

/** Runs for every object of a response: without a copy of anything. @param {any} value @param {Schema} schema @returns {Mismatch | undefined} */
const inObject = (value, schema) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return ["", "object", typeName(value)];
  for (let index = 0; index < schema.length; index++) {
    const field = /** @type {Field} */ (schema[index]);
    const found = value[field.name];
    const isAbsent = found === undefined || found === null;
    const isScalar = !field.object && typeof found === field.type;
    if (field.required ? isScalar && found !== "" : isAbsent || isScalar) continue;
    const mismatch = inField(found, field);
    if (mismatch)
      return [field.name + (/^(\[|$)/.test(mismatch[0]) ? "" : ".") + mismatch[0], mismatch[1], mismatch[2]];
  }
  return undefined;
};

/** @param {unknown} value @param {Pick<Field, "type" | "object" | "isList">} field @returns {Mismatch | undefined} */
const inField = (value, { type, object, isList }) => {
  if (!object) return ["", type, type === "string" && value === "" ? "empty string" : typeName(value)];
  if (!isList) return inObject(value, object);
  if (!Array.isArray(value)) return ["", "array", typeName(value)];
  for (let index = 0; index < value.length; index++) {
    const mismatch = inObject(value[index], object);
    if (mismatch) return [`[${index}]${mismatch[0] && "."}${mismatch[0]}`, mismatch[1], mismatch[2]];
  }
  return undefined;
};

/**
 * @param {unknown} value @param {Record<string, Schema>} schemas @param {string} name @param {boolean} isList
 * @returns {string | undefined} path, expected type and actual type of the first mismatch, one per line
 */
export const check = (value, schemas, name, isList) => {
  try {
    return inField(value, { type: "object", object: schemas[name] ?? [], isList })?.join("\n");
  } catch {
    // A response that the browser parsed cannot throw, but one of an injected `fetch` can.
    return "\nplain data\nan object that throws";
  }
};
