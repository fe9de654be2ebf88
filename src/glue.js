// What the core asks of JavaScript: small questions that never throw, as an exception that passes through the core ends a
// call in its midst. The rules are the core's; js.rs says what each of these is to it.

/** @type {<T>(look: () => T) => T | undefined} What a look at something gives; nothing where it throws. */
const quietly = (look) => {
  try {
    return look();
  } catch {
    return undefined;
  }
};

// Values

/**
 * Often of `undefined`: an exception would cost more than all the rest of a call.
 * @type {(value: any, name: string) => unknown}
 */
export const field = (value, name) => quietly(() => value?.[name]);

/** @type {(object: Record<string, unknown>, name: string, value: unknown) => void} */
export const set = (object, name, value) => {
  object[name] = value;
};

/** @param {unknown} value @returns {string[] | undefined} the names of its fields, if it is an object and no list */
export const keys = (value) =>
  quietly(() =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? undefined
      : Reflect.ownKeys(value).filter((key) => typeof key === "string"),
  );

/** @type {(value: any, names: string) => unknown[] | undefined} */
export const fields = (value, names) => quietly(() => names.split(" ").map((name) => value?.[name]));

/** @type {(value: any, name: string) => unknown[] | undefined} */
export const list = (value, name) => quietly(() => Array.from(value[name]));

/** @type {(value: any) => boolean} */
export const iterates = (value) => field(value, /** @type {any} */ (Symbol.iterator)) !== undefined;

/** @type {(value: unknown) => string | undefined} */
export const stringify = (value) => quietly(() => JSON.stringify(value));

/** @type {(text: string) => boolean} */
export const blank = (text) => text.trim() === "";

/** @type {(text: string) => string} */
export const lower = (text) => text.toLowerCase();

/** @type {(value: unknown, nfc: boolean) => string | undefined} */
export const whole = (value, nfc) => {
  const text = String(value);
  // Matches halves of surrogate pairs only.
  return /\p{Surrogate}/u.test(text) ? undefined : nfc ? text.normalize("NFC") : text;
};

/** @type {(text: string) => boolean} */
export const isUrl = (text) => quietly(() => new URL(text)) !== undefined;

// Checks

/**
 * A field of a shape: `type` is what `typeof` must say, or else `shape` what is in it. Where it `must` be, it may be neither
 * absent nor null.
 * @typedef {{ name: string, type: string, shape: Shape | undefined, list: boolean, must: boolean }} Field
 * @typedef {Field[]} Shape
 */

/** @type {(value: unknown) => string} */
export const typeName = (value) => {
  if (value === null) return "null";
  // It throws for a proxy that was revoked.
  if (quietly(() => Array.isArray(value))) return "array";
  return typeof value === "function" ? "object" : typeof value;
};

/**
 * Shapes by name, from lines such as `Page ...Position items:Item[]! next:number`.
 * @param {string} text @returns {Record<string, Shape>}
 */
export const shapes = (text) => {
  /** @type {Record<string, Shape>} */
  const all = Object.create(null);
  for (const line of text.split("\n")) {
    const [shape = "", ...words] = line.split(" ");
    all[shape] = words.flatMap((word) => {
      // What is not there fits nothing.
      if (word.startsWith("...")) return all[word.slice(3)] ?? [fieldOf(word, "a known shape!")];
      const [name = "", kind = ""] = word.split(":");
      return fieldOf(name, kind, all[kind.replace(/\W+$/, "")]);
    });
  }
  return all;
};

/** @type {(name: string, kind: string, shape?: Shape) => Field} */
const fieldOf = (name, kind, shape) => ({
  ...{ name, shape, type: shape ? "" : kind.replace(/\W+$/, "") },
  ...{ list: kind.includes("[]"), must: kind.endsWith("!") },
});

/** @typedef {[path: string, expected: string, actual: string]} Mismatch */

/** Runs for every object of a response: without a copy of anything. @param {any} value @param {Shape} shape @returns {Mismatch | undefined} */
const inObject = (value, shape) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return ["", "object", typeName(value)];
  for (let index = 0; index < shape.length; index++) {
    const field = /** @type {Field} */ (shape[index]);
    const found = value[field.name];
    const isAbsent = found === undefined || found === null;
    if (field.must ? typeof found === field.type && found !== "" : isAbsent || typeof found === field.type) continue;
    const mismatch = inField(found, field);
    if (mismatch)
      return [field.name + (/^(\[|$)/.test(mismatch[0]) ? "" : ".") + mismatch[0], mismatch[1], mismatch[2]];
  }
  return undefined;
};

/** @param {unknown} value @param {Field} field @returns {Mismatch | undefined} */
const inField = (value, { type, shape, list }) => {
  if (!shape) return ["", type, type === "string" && value === "" ? "empty string" : typeName(value)];
  if (!list) return inObject(value, shape);
  if (!Array.isArray(value)) return ["", "array", typeName(value)];
  for (let index = 0; index < value.length; index++) {
    const mismatch = inObject(value[index], shape);
    if (mismatch) return [`[${index}]${mismatch[0] && "."}${mismatch[0]}`, mismatch[1], mismatch[2]];
  }
  return undefined;
};

/** @param {unknown} value @param {Record<string, Shape>} shapes @param {string} name @returns {string | undefined} lines */
export const check = (value, shapes, name) => {
  try {
    return inObject(value, shapes[name] ?? [fieldOf(name, "a known shape!")])?.join("\n");
  } catch {
    return "\nplain data\nan object that throws";
  }
};

// Requests

/** @typedef {{ url: string, init: RequestInit }} Outgoing */

/** @type {(method: string, url: string, token: string, body: string | undefined, signal: AbortSignal) => Outgoing} */
export const request = (method, url, token, body, signal) => {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", Authorization: `Bearer ${token}` };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  // No browser keeps the answer to a POST. Where it is told so, it asks for leave (CORS) again before each of them.
  const cache = method === "GET" ? "no-store" : "default";
  return {
    url,
    init: {
      ...{ method, headers, body: body ?? null, signal },
      ...{ cache, credentials: "omit", redirect: "manual", referrerPolicy: "no-referrer" },
    },
  };
};

/** @type {(body: ReadableStream | null) => RequestInit} */
const streamed = (body) => /** @type {RequestInit} */ ({ method: "POST", body, duplex: "half" });

/**
 * A browser without request streams makes text of the stream, and text has a type; Safari takes a stream but does not ask
 * for `duplex`, and cannot send it.
 */
const hasRequestStreams = () => {
  let asked = false;
  const init = Object.defineProperty(streamed(new ReadableStream()), "duplex", {
    get: () => {
      asked = true;
      return "half";
    },
  });
  const { headers } = new Request("https://localhost/", init);
  return asked && !headers.has("content-type");
};

/** @type {(request: Outgoing) => Outgoing | undefined} */
export const singleSend = ({ url, init }) =>
  quietly(() =>
    hasRequestStreams() ? { url, init: { ...init, ...streamed(new Response(init.body ?? "").body) } } : undefined,
  );

/** @type {(request: Outgoing) => Request | undefined} */
export const seal = ({ url, init }) => quietly(() => new Request(url, init));

/** @type {(request: Outgoing) => Promise<unknown>} */
export const send = ({ url, init }) => new Promise((resolve) => resolve(fetch(url, init)));

/** @type {(fetch: (request: Request) => unknown, request: Request) => Promise<unknown>} */
export const sendBy = (fetch, request) => new Promise((resolve) => resolve(fetch(request)));

/** @type {(answer: any, name: string) => unknown} */
export const header = (answer, name) => quietly(() => answer.headers.get(name));

/** @type {(answer: any) => Promise<unknown>} */
export const json = (answer) => quietly(() => Promise.resolve(answer.json())) ?? Promise.reject(new SyntaxError());

// The caller's functions

/** @type {(provider: () => unknown) => Promise<unknown>} */
export const ask = (provider) => new Promise((resolve) => resolve(provider()));

/** @type {(listener: (event: unknown) => void, event: unknown) => void} */
export const notify = (listener, event) => {
  try {
    listener(event);
  } catch (error) {
    // As with DOM events.
    quietly(() => reportError(error));
  }
};

// Work

/**
 * Calls `step` on the next tick and whenever the promise that it gave has settled, until it gives a list: with what all of it
 * comes to.
 * @type {(step: (value: unknown, failed: boolean) => Promise<unknown> | [unknown]) => Promise<unknown>}
 */
export const drive = (step) =>
  new Promise((resolve, reject) => {
    const go = (/** @type {boolean} */ failed) => (/** @type {unknown} */ value) => {
      try {
        const next = step(value, failed);
        if (Array.isArray(next)) resolve(next[0]);
        else next.then(go(false), go(true));
      } catch (error) {
        // The core itself failed.
        reject(error);
      }
    };
    Promise.resolve().then(go(false));
  });

// Time

/** A limit in time that a signal can shorten: one timer and one listener, both gone once it was ended. */
export class Limit {
  /** Why it ended early: 0 where it has not, 1 for the time, 2 for the signal. */
  stopped = 0;
  #controller = new AbortController();
  #end = () => {};
  #giveUp = () => {};

  /** @param {number | undefined} ms @param {AbortSignal | undefined} caller @param {(() => void) | undefined} onStop */
  constructor(ms, caller, onStop) {
    /** @param {number} how */
    const stop = (how) => {
      if (this.stopped) return;
      this.stopped = how;
      this.#controller.abort();
      onStop?.();
      this.#giveUp();
    };
    const onAbort = () => stop(2);
    // Signals are told by their shape, so one may throw.
    quietly(() => caller?.addEventListener("abort", onAbort));
    const timer = ms === undefined ? undefined : setTimeout(() => stop(1), ms);
    this.#end = () => {
      clearTimeout(timer);
      quietly(() => caller?.removeEventListener("abort", onAbort));
    };
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Cancels what still runs under `signal`. @param {unknown} reason */
  cancel(reason) {
    this.#controller.abort(reason);
  }

  /** Settles like the promise, but rejects once the limit stops. @param {Promise<unknown>} promise @returns {Promise<unknown>} */
  race(promise) {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      if (this.stopped) reject();
      promise.then(resolve, reject);
    });
  }

  end() {
    this.#end();
  }
}

/** A promise that is resolved from outside. */
export class Gate {
  open = () => {};
  /** @type {Promise<void>} */
  opened = new Promise((resolve) => {
    this.open = resolve;
  });
}

/** A Web Lock, or the attempt to get one. */
export class Lock {
  #held = new Gate();
  /** @type {Promise<void>} Resolves once the lock is held, or cannot be had. */
  granted;

  /** @param {string} name @param {AbortSignal} signal */
  constructor(name, signal) {
    this.granted = new Promise((resolve) => {
      const hold = () => {
        resolve();
        return this.#held.opened;
      };
      // Absent in old browsers and in pages that are not secure; refused in some frames.
      const request = quietly(() => navigator.locks.request(name, { signal }, hold));
      if (request) request.catch(resolve);
      else resolve();
    });
  }

  release() {
    this.#held.open();
  }
}
