import { connect } from "omicall-partner";
import { mainJobWith } from "./steps.js";

/** @param {string} sandbox */
export const mainJob = (sandbox) => mainJobWith(connect, sandbox);
