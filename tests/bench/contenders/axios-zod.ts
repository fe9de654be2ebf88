import axios from "axios";
import type { Connect } from "./contender.js";
import { tenantAnswer, tenantPageAnswer } from "./schemas.js";

export const connect: Connect = async ({ baseUrl, token, fetch }) => {
  const api = axios.create({
    baseURL: baseUrl,
    headers: { authorization: `Bearer ${token}` },
    // Otherwise axios takes XMLHttpRequest, which is its way in browsers.
    ...(fetch && { adapter: "fetch", env: { fetch } }),
  });
  return {
    async list(page, size) {
      const { data } = await api.post<unknown>("/api/partner/tenant/list", {}, { params: { page, size } });
      return tenantPageAnswer.parse(data).payload;
    },
    async get(id) {
      const { data } = await api.get<unknown>("/api/partner/tenant/info", { params: { id } });
      return tenantAnswer.parse(data).payload;
    },
  };
};
