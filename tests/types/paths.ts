// Sample values of a type, and the paths in them.
import { resolved } from "./shapes.ts";
import type { Shape, Types } from "./shapes.ts";

export interface PathInValue {
  path: (string | number)[];
  shape: Shape;
}

/** Every path in a value of the shape, the value itself first. For a list, the path of its second item. */
export function pathsIn(types: Types, type: Shape, path: (string | number)[] = []): PathInValue[] {
  const here = { path, shape: type };
  const shape = resolved(types, type);
  if (shape.is === "object") {
    const fields = Object.entries(shape.fields);
    return [here, ...fields.flatMap(([name, field]) => pathsIn(types, field.shape, [...path, name]))];
  }
  if (shape.is === "list") return [here, ...pathsIn(types, shape.of, [...path, 1])];
  if (shape.is === "union") return [here, ...shape.of.flatMap((one) => pathsIn(types, one, path).slice(1))];
  return [here];
}

/** A value of the shape with every field. */
export function sample(types: Types, type: Shape): unknown {
  const shape = resolved(types, type);
  switch (shape.is) {
    case "string":
    case "unknown":
      return "text";
    case "number":
      return 5;
    case "boolean":
      return true;
    case "literal":
      return shape.value;
    case "list":
      return [sample(types, shape.of), sample(types, shape.of)];
    case "object":
      return Object.fromEntries(
        Object.entries(shape.fields).map(([name, field]) => [name, sample(types, field.shape)]),
      );
    case "union": {
      const nonNull = shape.of.find((one) => one.is !== "null" && one.is !== "undefined");
      return nonNull && sample(types, nonNull);
    }
    default:
      throw new Error(`no sample of ${shape.is}`);
  }
}

/**
 * A copy of the document with another value at a path; `undefined` removes the value. If the path does not exist, the
 * document itself.
 */
export function replaced(document: unknown, [name, ...rest]: (string | number)[], value: unknown): unknown {
  if (name === undefined) return value;
  if (typeof document !== "object" || document === null) return document;
  const inner = rest.length === 0 ? value : replaced((document as Record<string | number, unknown>)[name], rest, value);
  if (Array.isArray(document)) {
    const items = inner === undefined ? [] : [inner];
    return typeof name === "number" ? document.toSpliced(name, 1, ...items) : document;
  }
  const { [name]: _, ...others } = document as Record<string | number, unknown>;
  return inner === undefined ? others : { ...others, [name]: inner };
}
