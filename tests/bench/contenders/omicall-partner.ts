import * as omicall from "omicall-partner";
import wasm from "omicall-partner/omicall_partner_bg.wasm";
import type { Connect } from "./contender.js";

export const connect: Connect = async ({ baseUrl, token, fetch }) => {
  const { tenants } = await omicall.connect({ baseUrl, token, fetch, wasm });
  return {
    list: (page, size) => tenants.list({ page, size }),
    get: (id) => tenants.get(id),
    pages: (size, prefetch) => tenants.list({ size }, { prefetch }).pages(),
  };
};
