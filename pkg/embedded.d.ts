/** The WebAssembly core: deflated, then base64. Made by the build. */
declare const core: string;
export default core;
