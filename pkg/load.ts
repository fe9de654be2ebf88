import { LoadError } from "./errors.js";
import type { Language, WasmSource } from "./wasm/omicall_partner.js";

const LOAD_FAILURES = {
  wasm_not_found: [
    "The WebAssembly file could not be loaded: check that the server provides omicall_partner_bg.wasm and that connect-src allows it, or set its address with the wasm option.",
    "Không tải được tệp WebAssembly: hãy kiểm tra máy chủ có cung cấp omicall_partner_bg.wasm không và CSP connect-src có cho phép không, hoặc chỉ ra vị trí bằng tùy chọn wasm.",
  ],
  wasm_blocked_by_csp: [
    "Compiling WebAssembly is forbidden here: in a page, add 'wasm-unsafe-eval' to script-src of the Content Security Policy; in Cloudflare Workers, import the .wasm file as a module and pass it with the wasm option.",
    "Không được phép biên dịch WebAssembly ở đây: với trang web, hãy thêm 'wasm-unsafe-eval' vào script-src của Content Security Policy; với Cloudflare Workers, hãy import tệp .wasm dưới dạng module rồi truyền vào tùy chọn wasm.",
  ],
  wasm_unsupported: [
    "The browser cannot run this package: WebAssembly is switched off (Lockdown Mode of iOS and macOS, enhanced security of Edge), or the browser is too old for it or for the way it is packed. Allow it for this site, or use a newer browser.",
    "Trình duyệt không chạy được gói này: WebAssembly đang bị tắt (Lockdown Mode trên iOS và macOS, chế độ bảo mật nâng cao của Edge), hoặc trình duyệt quá cũ, không hỗ trợ WebAssembly hay định dạng nén của gói. Hãy cho phép WebAssembly cho trang web này hoặc dùng trình duyệt mới hơn.",
  ],
  wasm_invalid: [
    "The WebAssembly file is damaged or of another version: deploy the one from this package.",
    "Tệp WebAssembly bị hỏng hoặc khác phiên bản: hãy triển khai đúng tệp của gói này.",
  ],
} as const;

function loadError(code: keyof typeof LOAD_FAILURES, language: Language, cause?: unknown): LoadError {
  const [en, vi] = LOAD_FAILURES[code];
  return new LoadError({ code, message: language === "vi" ? vi : en, retryable: code !== "wasm_unsupported", cause });
}

/** What the core uses in every call, and test environments such as jest's jsdom lack. */
const NEEDED = ["TextDecoder", "TextEncoder", "URL", "Headers", "AbortController"];

function lacks(names: string[], language: Language): LoadError {
  const list = names.join(", ");
  const message =
    language === "vi"
      ? `Môi trường này không có ${list}: hãy dùng trình duyệt mới hoặc Node.js; với jest, hãy xem hướng dẫn kiểm thử (testing guide).`
      : `This environment has no ${list}: use a current browser or Node.js; for jest, see the testing guide.`;
  return new LoadError({ code: "wasm_unsupported", message });
}

/** The id that the build writes into the core and into this file. */
declare const CORE_ID: string;

/** The timeout of loading: without it, one lost request would block every `connect` of the page. */
const LOAD_TIMEOUT_MS = 60_000;
const LOAD_GRACE_MS = 1_000;

/** The JavaScript of the core. It is run by `connect`, as it uses `TextDecoder` and more of the platform at once. */
type Glue = typeof import("./glue.js");

let loading: { source: WasmSource | undefined; language: Language; done: Promise<Glue> } | undefined;

/** Loads the core once per page. A failure is not remembered, and is shared only by calls with the same source and language. */
export function load(source: WasmSource | undefined, language: Language): Promise<Glue> {
  if (!loading) {
    const keepNoBytes = (glue: Glue) => {
      if (loading) loading.source = undefined;
      return glue;
    };
    const forget = (error: unknown) => {
      loading = undefined;
      throw error;
    };
    loading = { source, language, done: start(source, language).then(keepNoBytes, forget) };
  } else if (loading.source !== source || loading.language !== language) {
    return loading.done.catch(() => load(source, language));
  }
  return loading.done;
}

async function start(source: WasmSource | undefined, language: Language): Promise<Glue> {
  if (typeof WebAssembly !== "object") throw loadError("wasm_unsupported", language);
  const missing = NEEDED.filter((name) => !(name in globalThis));
  if (missing.length > 0) throw lacks(missing, language);
  const glue = await import("./glue.js");
  const place = source ?? besideScript();
  try {
    await run(glue, place === undefined ? embedded(language) : compile(place, language), language);
  } catch (error) {
    if (source !== undefined || place === undefined || isBlocked(error)) throw error;
    await run(glue, embedded(language), language).catch((second: unknown) => {
      // The problem with the file is the more useful message, unless no file would help.
      throw isBlocked(second) ? second : error;
    });
  }
  return glue;
}

const isBlocked = (error: unknown) => error instanceof LoadError && error.code === "wasm_blocked_by_csp";

async function run({ init }: Glue, compiling: Promise<WebAssembly.Module>, language: Language): Promise<void> {
  try {
    const module = await inTime(compiling, language);
    // The core of another version has other rules. This runs once only (see `load`): a second instance would replace the first
    // one under the clients that use it.
    const [id] = WebAssembly.Module.customSections(module, "core-id");
    if (!id || new TextDecoder().decode(id) !== CORE_ID) throw new Error("The module is not the core of this package.");
    await init({ module_or_path: module });
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const blocked = /content security policy|unsafe-eval|\bcsp\b|disallowed by embedder/i.test(String(error));
    throw loadError(blocked ? "wasm_blocked_by_csp" : "wasm_invalid", language, error);
  }
}

/**
 * The address of the package's file; undefined where a bundler moved this script and left the file behind. Such a bundler
 * does not rename the file, and the folder before it is not one of the package.
 */
function besideScript(): URL | undefined {
  try {
    // Bundlers recognise exactly this expression and copy the file.
    const url = new URL("../wasm/omicall_partner_bg.wasm", import.meta.url);
    const untouched = url.pathname.endsWith("/wasm/omicall_partner_bg.wasm");
    // `pkg` is the folder in the repository.
    return untouched && !/\/(omicall-partner[^/]*|pkg)\/wasm\//.test(url.pathname) ? undefined : url;
  } catch {
    return undefined; // A script that is not a module has no address.
  }
}

/** The name of a value's class. `instanceof` does not recognise values of another frame, of jsdom or of jest's contexts. */
const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice("[object ".length, -1);

async function compile(source: WasmSource, language: Language): Promise<WebAssembly.Module> {
  const tag = tagOf(source);
  if (tag === "WebAssembly.Module") return source as WebAssembly.Module;
  if (tag === "ArrayBuffer") return WebAssembly.compile(source as ArrayBuffer);
  // A copy, as browsers compile no DataView and no shared memory.
  if (ArrayBuffer.isView(source))
    return WebAssembly.compile(new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice());
  const address = String(source);
  if ((tag === "URL" || typeof source === "string") && address.startsWith("file:"))
    return WebAssembly.compile(await readFile(new URL(address), language));
  const response = await fetchWasm(source as string | URL | Request | Response, language);
  const type = response.headers.get("content-type") ?? "";
  // Streaming requires exactly this type; compiling the bytes works with every type.
  if (type.trim().toLowerCase() === "application/wasm" && typeof WebAssembly.compileStreaming === "function") {
    try {
      return await WebAssembly.compileStreaming(response);
    } catch (error) {
      // A TypeError is an error of the connection, or the response is of a class that is not the platform's and was not
      // read; a damaged file causes a CompileError.
      if ((error as Error).name !== "TypeError") throw error;
      if (response.bodyUsed) throw loadError("wasm_not_found", language, error);
    }
  }
  const buffer = await response.arrayBuffer().catch((error: unknown) => {
    throw loadError("wasm_not_found", language, error);
  });
  const bytes = new Uint8Array(buffer);
  // An HTML page instead of the file: the response of many servers for a missing path.
  if (/html/i.test(type) || bytes[0] === 0x3c) throw loadError("wasm_not_found", language);
  return WebAssembly.compile(bytes);
}

/** The copy of the core inside the script: larger and slower, but always deployed with it. */
async function embedded(language: Language): Promise<WebAssembly.Module> {
  const zlib = nodeModule<{ inflateRawSync(packed: Uint8Array): Uint8Array<ArrayBuffer> }>("node:zlib");
  const hasStream = typeof DecompressionStream === "function";
  if (!hasStream && !zlib) throw loadError("wasm_unsupported", language);
  const { default: text } = await import("./embedded.js").catch((error: unknown) => {
    throw loadError("wasm_not_found", language, error);
  });
  const packed = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  // jsdom in jest has no streams.
  if (zlib && !hasStream) return WebAssembly.compile(zlib.inflateRawSync(packed));
  // jsdom's `Blob` has no `stream`.
  const unpacked = new Response(packed).body?.pipeThrough(new DecompressionStream("deflate-raw"));
  return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
}

/** Timers and no signal: `fetch` of Node.js refuses the signals of jsdom. */
function inTime<T>(promise: Promise<T>, language: Language): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const cause = new Error(`not loaded after ${LOAD_TIMEOUT_MS} ms`);
    const fail = () => reject(loadError("wasm_not_found", language, cause));
    // The second timer: a page that was busy or asleep so long gets the file that arrived meanwhile.
    timer = setTimeout(() => (timer = setTimeout(fail, LOAD_GRACE_MS)), LOAD_TIMEOUT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const isResponse = (place: object | string): place is Response => typeof place === "object" && "ok" in place;

async function fetchWasm(place: string | URL | Request | Response, language: Language): Promise<Response> {
  let response: Response;
  try {
    response = isResponse(place) ? place : await fetch(place);
  } catch (error) {
    throw loadError("wasm_not_found", language, error);
  }
  if (!response.ok) throw loadError("wasm_not_found", language, new Error(`HTTP ${response.status}`));
  return response;
}

/** Node.js `fetch` does not support `file:`. */
async function readFile(place: URL, language: Language): Promise<BufferSource> {
  try {
    const fs = nodeModule<{ readFile(path: URL): Promise<BufferSource> }>("node:fs/promises");
    if (!fs) throw new Error("Only Node.js reads file: addresses.");
    return await fs.readFile(place);
  } catch (error) {
    throw loadError("wasm_not_found", language, error);
  }
}

/** A module of Node.js, where this is Node.js. */
function nodeModule<T>(id: string): T | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): T } };
  return process?.getBuiltinModule?.(id);
}
