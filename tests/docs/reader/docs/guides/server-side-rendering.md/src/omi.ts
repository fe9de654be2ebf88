// The reader writes this module. Here, the server refuses the token.
/// <reference path="../frameworks.d.ts" />
import { connect } from "omicall-partner";

export const createOmi = () => connect({ baseUrl: "http://127.0.0.1:8787", token: "refused" });
