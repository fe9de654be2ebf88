import { LoadError } from "./errors.js";
import init from "./wasm/omicall_partner.js";
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

/** The id that the build writes into the core and into this file. */
declare const CORE_ID: string;

/** The timeout of loading: without it, one lost request would block every `connect` of the page. */
const LOAD_TIMEOUT_MS = 60_000;

let loading: { source: WasmSource | undefined; language: Language; done: Promise<unknown> } | undefined;

/** Loads the core once per page. A failure is not remembered, and is shared only by calls with the same source and language. */
export function load(source: WasmSource | undefined, language: Language): Promise<unknown> {
  if (!loading) {
    const keepNoBytes = () => {
      if (loading) loading.source = undefined;
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

async function start(source: WasmSource | undefined, language: Language): Promise<void> {
  if (typeof WebAssembly !== "object") throw loadError("wasm_unsupported", language);
  const place = source ?? besideScript();
  try {
    await run(place === undefined ? embedded(language) : compile(place, language), language);
  } catch (error) {
    if (source !== undefined || place === undefined || isBlocked(error)) throw error;
    await run(embedded(language), language).catch((second: unknown) => {
      // The problem with the file is the more useful message, unless no file would help.
      throw isBlocked(second) ? second : error;
    });
  }
}

const isBlocked = (error: unknown) => error instanceof LoadError && error.code === "wasm_blocked_by_csp";

async function run(compiling: Promise<WebAssembly.Module>, language: Language): Promise<void> {
  try {
    const module = await compiling;
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

async function compile(source: WasmSource, language: Language): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  // By its tag: the class of a buffer from another frame is another one.
  if (Object.prototype.toString.call(source) === "[object ArrayBuffer]") {
    return WebAssembly.compile(source as ArrayBuffer);
  }
  // Chromium compiles no DataView.
  if (ArrayBuffer.isView(source))
    return WebAssembly.compile(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  const place = typeof source === "string" && source.startsWith("file:") ? new URL(source) : source;
  if (place instanceof URL && place.protocol === "file:") return WebAssembly.compile(await readFile(place, language));
  const response = await fetchWasm(place as string | URL | Request | Response, language);
  const type = response.headers.get("content-type") ?? "";
  // Streaming requires exactly this type; compiling the bytes works with every type.
  if (type.trim().toLowerCase() === "application/wasm" && typeof WebAssembly.compileStreaming === "function") {
    // A TypeError is an error of the connection; a damaged file causes a CompileError.
    return WebAssembly.compileStreaming(response).catch((error: unknown) => {
      throw error instanceof TypeError ? loadError("wasm_not_found", language, error) : error;
    });
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
  if (typeof DecompressionStream !== "function") throw loadError("wasm_unsupported", language);
  const { default: text } = await inTime(import("./embedded.js")).catch((error: unknown) => {
    throw loadError("wasm_not_found", language, error);
  });
  const packed = new Blob([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))]);
  const unpacked = packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not loaded after ${LOAD_TIMEOUT_MS} ms`)), LOAD_TIMEOUT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function fetchWasm(place: string | URL | Request | Response, language: Language): Promise<Response> {
  let response: Response;
  try {
    response = place instanceof Response ? place : await fetch(place, { signal: AbortSignal.timeout(LOAD_TIMEOUT_MS) });
  } catch (error) {
    throw loadError("wasm_not_found", language, error);
  }
  if (!response.ok) throw loadError("wasm_not_found", language, new Error(`HTTP ${response.status}`));
  return response;
}

/** Node.js `fetch` does not support `file:`. */
async function readFile(place: URL, language: Language): Promise<BufferSource> {
  try {
    const { process } = globalThis as { process?: { getBuiltinModule?(id: string): unknown } };
    const fs = process?.getBuiltinModule?.("node:fs/promises") as { readFile(path: URL): Promise<BufferSource> };
    return await fs.readFile(place);
  } catch (error) {
    throw loadError("wasm_not_found", language, error);
  }
}
