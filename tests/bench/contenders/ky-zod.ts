import ky from "ky";
import type { Connect } from "./contender.js";
import { tenantResponse, tenantPageResponse } from "./schemas.js";

export const connect: Connect = async ({ baseUrl, token, fetch }) => {
  const api = ky.create({
    prefix: baseUrl,
    headers: { authorization: `Bearer ${token}` },
    ...(fetch && { fetch }),
  });
  return {
    async list(page, size) {
      const request = api.post("api/partner/tenant/list", { searchParams: { page, size }, json: {} });
      const { payload } = await request.json(tenantPageResponse);
      return payload;
    },
    async get(id) {
      const { payload } = await api.get("api/partner/tenant/info", { searchParams: { id } }).json(tenantResponse);
      return payload;
    },
  };
};
