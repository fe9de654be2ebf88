/** The sandbox's WebAssembly: deflated, then base64. Made by the build. */
declare const wasm: string;
export default wasm;
