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

/** Throws where the value is no object, or throws itself. Of another frame, too. @type {(value: any) => boolean} */
export const isPlain = (value) => {
  const prototype = Object.getPrototypeOf(value);
  return !(Symbol.iterator in value) && (prototype === null || Object.getPrototypeOf(prototype) === null);
};

/** Throws where the `constructor` of a promise does. @type {(value: any) => Promise<unknown>} */
export const resolved = (value) => Promise.resolve(value);

/** @type {(value: unknown) => string} */
export const typeName = (value) => {
  if (value === null) return "null";
  // `Array.isArray` throws for a revoked proxy.
  if (quietly(() => Array.isArray(value))) return "array";
  return typeof value === "function" ? "object" : typeof value;
};

/** Throws where there is no page. @type {(url: string) => boolean} */
export const isOfPage = (url) => new URL(url).origin === location.origin;

/** How engines word a refused argument of `fetch` or a mistake in code. None of them words a lost connection like this. */
const REFUSED =
  /^[A-Z]\w*\.\w+: |RequestInit|'Request'|Request (constructor|with|cannot)|ByteString|[Bb]ody (is|has)|Failed to (execute|construct|parse URL)|Invalid (URL|redirect)|Unsupported cache|accepted type|Illegal invocation|is not (an? |iterable|implemented|valid|defined)|\b(of|is) (undefined|null)\b|an(no|')t (read|set|destructure|convert|access)|constant variable|^Type error$/;

/**
 * Whether a `fetch` failed because it refused its arguments, or by a mistake in its code. Both are a `TypeError`, like a lost
 * connection, so the message decides; workerd has some as an `Error`. @type {(error: any) => boolean}
 */
export const isRefusal = ({ name, message }) =>
  name === "ReferenceError" ||
  (name === "TypeError" && REFUSED.test(message.replace(/https?:\S+/g, ""))) ||
  /RequestInit/.test(message);

/** Whether a body could not be read because somebody else has a reader of it. @type {(error: any) => boolean} */
export const isLockedBody = ({ message }) => /\blocked\b/.test(message);

/** The codes of Node.js, axios, Bun and this package. */
const LOST_CODES =
  /^(E(CONN\w+|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|RR_NETWORK|PIPE)|Connection\w+|network|timeout)$/;

/**
 * Whether a function that uses `fetch` failed because the connection did. Wrappers have the error of `fetch` as their cause.
 * @type {(error: any) => boolean}
 */
export const isLostConnection = (error) =>
  !isRefusal(error) &&
  (/^(TypeError|NetworkError|TimeoutError)$/.test(error.name) ||
    LOST_CODES.test(error.code) ||
    error.message?.startsWith("Network connection lost") ||
    isLostConnection(error.cause));

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
