import "./jitless.js"; // first
export { connect } from "./ky-zod.js";
