import { connect } from "omicall-partner";
import wasm from "omicall-partner/omicall_partner_bg.wasm";
import { mainJobWith } from "./jobs/steps.js";

export default {
  async test(_controller, { SANDBOX_URL }) {
    console.log(JSON.stringify(await mainJobWith((options) => connect({ ...options, wasm }), SANDBOX_URL)));
  },
};
