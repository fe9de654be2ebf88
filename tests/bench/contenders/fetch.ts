// Bare `fetch`, whose responses are not checked.
import type { Connect } from "./contender.js";
import type { Envelope, Tenant, TenantPage } from "./types.js";

export const connect: Connect = async ({ baseUrl, token, fetch = globalThis.fetch }) => {
  const authorization = `Bearer ${token}`;
  return {
    async list(page, size) {
      const response = await fetch(`${baseUrl}/api/partner/tenant/list?page=${page}&size=${size}`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: "{}",
      });
      const { payload } = (await response.json()) as Envelope<TenantPage>;
      return payload;
    },
    async get(id) {
      const url = `${baseUrl}/api/partner/tenant/info?id=${encodeURIComponent(id)}`;
      const response = await fetch(url, { headers: { authorization } });
      const { payload } = (await response.json()) as Envelope<Tenant>;
      return payload;
    },
  };
};
