// Values made by a shape, and the places in them.
import { resolved } from "./shapes.ts";
import type { Shape, Types } from "./shapes.ts";

export interface Place {
  path: (string | number)[];
  shape: Shape;
}

/** Every place in a value of the shape, the value itself first. Of a list, the second item. */
export function places(types: Types, type: Shape, path: (string | number)[] = []): Place[] {
  const here = { path, shape: type };
  const shape = resolved(types, type);
  if (shape.is === "object") {
    const fields = Object.entries(shape.fields);
    return [here, ...fields.flatMap(([name, field]) => places(types, field.shape, [...path, name]))];
  }
  if (shape.is === "list") return [here, ...places(types, shape.of, [...path, 1])];
  if (shape.is === "union") return [here, ...shape.of.flatMap((one) => places(types, one, path).slice(1))];
  return [here];
}

/** A value of the shape with everything on it. */
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
      const something = shape.of.find((one) => one.is !== "null" && one.is !== "undefined");
      return something && sample(types, something);
    }
    default:
      throw new Error(`no sample of ${shape.is}`);
  }
}

/**
 * A copy of the document with another value at a place; `undefined` leaves nothing there. Without such a place, the
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
