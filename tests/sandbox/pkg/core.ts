// The sandbox's WebAssembly and the JavaScript that wasm-bindgen generates for it. A module of its own, because that JavaScript
// uses `TextDecoder` and more at once, which not every test environment has.
import wasm from "./embedded.js";
import init from "./wasm/omicall_sandbox.js";

export { CommandLine, CommandLineOutput, InProcess } from "./wasm/omicall_sandbox.js";

let loading: Promise<unknown> | undefined;

/** Loads the module once; each sandbox has its own state in it. A failure is not remembered. */
export const load = () =>
  (loading ??= start().catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));

async function start(): Promise<void> {
  const packed = Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0));
  await init({ module_or_path: await unpack(packed) });
}

async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<BufferSource> {
  // jest's environments that have a page have no `DecompressionStream`.
  const node = globalThis.process as NodeJS.Process | undefined;
  const zlib = node?.getBuiltinModule?.("node:zlib");
  if (zlib) return zlib.inflateRawSync(packed);
  const unpacked = new Response(packed).body?.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(unpacked).arrayBuffer();
}
