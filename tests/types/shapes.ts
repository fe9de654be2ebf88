// Types as data, and a check whether a value has a type.

export type Shape =
  | { is: "unknown" | "string" | "number" | "boolean" | "null" | "undefined" | "function" }
  | { is: "literal"; value: string | number | boolean }
  | { is: "list" | "dictionary"; of: Shape }
  | { is: "union"; of: Shape[] }
  | { is: "object"; fields: Record<string, Field> }
  /** A class of the browser. */
  | { is: "global"; name: string }
  /** Another type of the package. */
  | { is: "type"; name: string };

export interface Field {
  shape: Shape;
  optional: boolean;
}

/** The package's types, by name. */
export type Types = Record<string, Shape>;

/** The shape that a type name refers to. */
export function resolved(types: Types, shape: Shape): Exclude<Shape, { is: "type" }> {
  if (shape.is !== "type") return shape;
  const found = types[shape.name];
  if (!found) throw new Error(`the package has no type ${shape.name}`);
  return resolved(types, found);
}

export function fieldsOf(types: Types, name: string): [name: string, field: Field][] {
  const shape = resolved(types, { is: "type", name });
  if (shape.is !== "object") throw new Error(`${name} is not an object`);
  return Object.entries(shape.fields);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isObject(value) || Symbol.iterator in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const at = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

/**
 * The paths at which a value does not have its type; `""` is the value itself. With `closed`, fields that the type does not
 * declare are mismatches too: the server may send undocumented fields, the package may not.
 */
export function mismatches(types: Types, type: Shape, value: unknown, closed = false, path = ""): string[] {
  const shape = resolved(types, type);
  const unless = (holds: boolean) => (holds ? [] : [path]);
  const inner = (type: Shape, value: unknown, path: string) => mismatches(types, type, value, closed, path);
  switch (shape.is) {
    case "unknown":
      return [];
    case "string":
    case "number":
    case "boolean":
    case "undefined":
    case "function":
      return unless(typeof value === shape.is);
    case "null":
      return unless(value === null);
    case "literal":
      return unless(value === shape.value);
    case "global":
      return unless(Object.prototype.toString.call(value) === `[object ${shape.name}]`);
    case "list":
      if (!Array.isArray(value)) return [path];
      return Array.from(value, (item: unknown, index) => inner(shape.of, item, `${path}[${index}]`)).flat();
    case "dictionary":
      // An iterable and an instance of a class do not keep their content in their fields.
      if (!isPlain(value)) return [path];
      return Object.entries(value).flatMap(([name, item]) => inner(shape.of, item, at(path, name)));
    case "union": {
      const results = shape.of.map((one) => inner(one, value, path));
      // The alternative with the deepest mismatch fits best, so its path is reported.
      return (
        results.sort((a, b) => deepest(b) - deepest(a) || a.length - b.length).find((one) => one.length === 0) ??
        results[0] ?? [path]
      );
    }
    case "object": {
      if (!isObject(value)) return [path];
      const known = Object.entries(shape.fields).flatMap(([name, { shape, optional }]) =>
        optional && !(name in value) ? [] : inner(shape, value[name], at(path, name)),
      );
      const others = closed ? Object.keys(value).filter((name) => !Object.hasOwn(shape.fields, name)) : [];
      return [...known, ...others.map((name) => at(path, name))];
    }
  }
}

const deepest = (paths: string[]) => Math.max(0, ...paths.map((path) => path.length));
