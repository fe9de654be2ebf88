import axios from "axios";
import type { Connect } from "./contender.js";
import { tenantResponse, tenantPageResponse } from "./schemas.js";

export const connect: Connect = async ({ baseUrl, token, fetch }) => {
  const api = axios.create({
    baseURL: baseUrl,
    headers: { authorization: `Bearer ${token}` },
    // axios uses XMLHttpRequest in browsers by default.
    ...(fetch && { adapter: "fetch", env: { fetch } }),
  });
  return {
    async list(page, size) {
      const { data } = await api.post<unknown>("/api/partner/tenant/list", {}, { params: { page, size } });
      return tenantPageResponse.parse(data).payload;
    },
    async get(id) {
      const { data } = await api.get<unknown>("/api/partner/tenant/info", { params: { id } });
      return tenantResponse.parse(data).payload;
    },
  };
};
