import "./jitless.js"; // first
export { connect } from "./axios-zod.js";
