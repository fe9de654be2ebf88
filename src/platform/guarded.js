// Looks at values that callers, servers and injected `fetch` functions provide. Any of them may throw (a getter, a revoked
// proxy). In JavaScript one `try` covers many looks; from Rust, each look would be a call of its own across the border.

/** @type {<T>(look: () => T) => T | undefined} The result of a look; `undefined` where it throws. */
const quietly = (look) => {
  try {
    return look();
  } catch {
    return undefined;
  }
};

/** Often called with `undefined`: `?.` is much faster than an exception. @type {(value: any, name: string) => unknown} */
export const field = (value, name) => quietly(() => value?.[name]);

/** @type {(value: any, names: string) => unknown[] | undefined} */
export const fields = (value, names) => quietly(() => names.split(" ").map((name) => value?.[name]));

/** @type {(value: any, name: string) => unknown[] | undefined} */
export const list = (value, name) => quietly(() => Array.from(value[name]));

/** @param {unknown} value @returns {string[] | undefined} the names of an object's own fields; `undefined` for anything else, also for an array */
export const keys = (value) =>
  quietly(() =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? undefined
      : Reflect.ownKeys(value).filter((key) => typeof key === "string"),
  );

/** Throws where the value is no object, or throws itself. @type {(value: any) => boolean} */
export const isIterable = (value) => Symbol.iterator in value;

/** @type {(value: unknown) => string} */
export const typeName = (value) => {
  if (value === null) return "null";
  // `Array.isArray` throws for a revoked proxy.
  if (quietly(() => Array.isArray(value))) return "array";
  return typeof value === "function" ? "object" : typeof value;
};

/**
 * Whether the browser can send a stream as the body of a request. A browser that cannot turns the stream into text, and text
 * has a content type; Safari takes a stream but does not read `duplex`, and cannot send it. Old browsers throw.
 */
export const hasRequestStreams = () => {
  let isDuplexRead = false;
  const init = {
    method: "POST",
    body: new ReadableStream(),
    get duplex() {
      isDuplexRead = true;
      return "half";
    },
  };
  const { headers } = new Request("https://localhost/", init);
  return isDuplexRead && !headers.has("content-type");
};

/** Calls a step of the core. The import is marked `catch`, so an exception or a trap in it returns to the core as an error. @type {(step: () => void) => void} */
export const attempt = (step) => step();
