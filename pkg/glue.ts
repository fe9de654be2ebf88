// What the package uses of the JavaScript that wasm-bindgen generates.
export { authenticate, Core, default as init } from "./wasm/omicall_partner.js";
