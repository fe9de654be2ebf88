// Controls Chromium with the DevTools protocol directly. Test frameworks observe every request, which doubles the time of a call.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { end, readText, startServer, CliError } from "../../../scripts/lib.mjs";

/** @import { Bench } from "../page/api.js" */
/** @typedef {Record<string, unknown>} Fields */
/** @typedef {{ id?: number, sessionId?: string, method?: string, params?: any, result?: any, error?: { message: string } }} Message */

/** Background pages are not throttled, and the browser opens no pages of its own. */
const BACKGROUND_FLAGS = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-features=WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup",
  "--no-startup-window",
];

/** @param {string} program */
export async function startBrowser(program) {
  const profile = mkdtempSync(join(tmpdir(), "omicall-bench-"));
  const args = [
    ...JSON.parse(readText("webdriver.json"))["goog:chromeOptions"].args,
    ...BACKGROUND_FLAGS,
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
  ];
  const server = await startServer("browser", program, args, { ready: /DevTools listening on (ws:\S+)/ });
  const connection = await Connection.open(server.url);
  server.exited.then((reason) => connection.fail(`The browser ${reason}.`));
  return {
    version: /** @type {string} */ ((await connection.send("Browser.getVersion")).product),
    /** A context has its own caches and connections. */
    context: () => Context.make(connection),
    async close() {
      await end(server.child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startBrowser>>} Browser */

class Connection {
  #socket;
  #count = 0;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {Set<(message: Message) => void>} */
  #listeners = new Set();

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#receive(JSON.parse(String(data))));
  }

  /** @param {string} url @returns {Promise<Connection>} */
  static open(url) {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    return new Promise((resolve, reject) => {
      socket.once("open", () => resolve(new Connection(socket)));
      socket.once("error", reject);
    });
  }

  /** @param {Message} message */
  #receive(message) {
    if (message.id === undefined) return this.#listeners.forEach((listener) => listener(message));
    const { resolve, reject } = this.#waiting.get(message.id) ?? {};
    this.#waiting.delete(message.id);
    if (message.error) reject?.(new Error(message.error.message));
    else resolve?.(message.result);
  }

  /** @param {string} method @param {Fields} [params] @param {string} [sessionId] @returns {Promise<any>} */
  send(method, params = {}, sessionId) {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  /** @param {(message: Message) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {string} reason */
  fail(reason) {
    for (const { reject } of this.#waiting.values()) reject(new CliError(reason));
    this.#waiting.clear();
  }
}

class Context {
  #connection;
  #id;

  /** @param {Connection} connection @param {string} id */
  constructor(connection, id) {
    this.#connection = connection;
    this.#id = id;
  }

  /** @param {Connection} connection */
  static async make(connection) {
    const { browserContextId } = await connection.send("Target.createBrowserContext");
    return new Context(connection, browserContextId);
  }

  async page() {
    const target = { url: "about:blank", browserContextId: this.#id };
    const { targetId } = await this.#connection.send("Target.createTarget", target);
    const { sessionId } = await this.#connection.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this.#connection, sessionId, targetId);
    await page.send("Page.enable");
    return page;
  }

  async close() {
    await this.#connection.send("Target.disposeBrowserContext", { browserContextId: this.#id });
  }
}

class Page {
  #connection;
  #session;
  #target;

  /** @param {Connection} connection @param {string} session @param {string} target */
  constructor(connection, session, target) {
    this.#connection = connection;
    this.#session = session;
    this.#target = target;
  }

  /** @param {string} method @param {Fields} [params] */
  send(method, params) {
    return this.#connection.send(method, params, this.#session);
  }

  /** @param {string} method @param {(params: any) => void} listener */
  on(method, listener) {
    return this.#connection.listen((message) => {
      if (message.sessionId === this.#session && message.method === method) listener(message.params);
    });
  }

  /** Navigates to a URL and waits for the load event. @param {string} url */
  async goto(url) {
    const loaded = new Promise((resolve) => {
      const off = this.on("Page.loadEventFired", () => resolve(off()));
    });
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  /** @param {string} expression if it is a promise, its result is awaited */
  async evaluate(expression) {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", params);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /**
   * Calls a function of the benchmark's page.
   * @template {keyof Bench} Name
   * @param {Name} name @param {Parameters<Bench[Name]>} args
   * @returns {Promise<Awaited<ReturnType<Bench[Name]>>>}
   */
  bench(name, ...args) {
    return this.evaluate(`bench.${name}(...${JSON.stringify(args)})`);
  }

  close() {
    return this.#connection.send("Target.closeTarget", { targetId: this.#target });
  }
}

/** @typedef {Context} BrowserContext */
/** @typedef {Page} BrowserPage */
