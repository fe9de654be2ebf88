// A program for platforms with the types of WebAssembly.
import { connect } from "omicall-partner";

export const compiled = async (wasm: WebAssembly.Module) => connect({ baseUrl: "", token: "", wasm });
