// Types as data, and whether a value is of one.

export type Shape =
  | { is: "unknown" | "string" | "number" | "boolean" | "null" | "undefined" | "function" }
  | { is: "literal"; value: string | number | boolean }
  | { is: "list" | "dictionary"; of: Shape }
  | { is: "union"; of: Shape[] }
  | { is: "object"; fields: Record<string, Field> }
  /** A class that the browser brings along. */
  | { is: "global"; name: string }
  /** Another type of the package. */
  | { is: "type"; name: string };

export interface Field {
  shape: Shape;
  optional: boolean;
}

/** The package's types, by name. */
export type Types = Record<string, Shape>;

/** A shape that is no mere name. */
export function resolved(types: Types, shape: Shape): Exclude<Shape, { is: "type" }> {
  if (shape.is !== "type") return shape;
  const meant = types[shape.name];
  if (!meant) throw new Error(`the package has no type ${shape.name}`);
  return resolved(types, meant);
}

export function fieldsOf(types: Types, name: string): [name: string, field: Field][] {
  const shape = resolved(types, { is: "type", name });
  if (shape.is !== "object") throw new Error(`${name} is no object`);
  return Object.entries(shape.fields);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const at = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

/**
 * Where a value is not what its type says: the path of each fault, `""` for the value as a whole. Fields that the type does
 * not have are a fault when it is `closed`: the server may say more than is documented, the package does not.
 */
export function faults(types: Types, type: Shape, value: unknown, closed = false, path = ""): string[] {
  const shape = resolved(types, type);
  const unless = (holds: boolean) => (holds ? [] : [path]);
  const inner = (type: Shape, value: unknown, path: string) => faults(types, type, value, closed, path);
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
      // What iterates holds what is in it elsewhere than in its fields.
      if (!isObject(value) || Symbol.iterator in value) return [path];
      return Object.entries(value).flatMap(([name, item]) => inner(shape.of, item, at(path, name)));
    case "union": {
      const tries = shape.of.map((one) => inner(one, value, path));
      // The one that fits but for a part of it knows where that is.
      return (
        tries.sort((a, b) => deepest(b) - deepest(a) || a.length - b.length).find((one) => one.length === 0) ??
        tries[0] ?? [path]
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
