// openapi-fetch, which adds types to requests and responses, and checks neither.
import createClient from "openapi-fetch";
import type { Connect } from "./contender.js";
import type { Envelope, Tenant, TenantPage } from "./types.js";

interface Json<T> {
  content: { "application/json": T };
}

/** In the form that openapi-typescript generates. */
interface paths {
  "/api/partner/tenant/list": {
    post: {
      parameters: { query: { page: number; size: number } };
      requestBody: Json<{ keyword?: string }>;
      responses: { 200: Json<Envelope<TenantPage>> };
    };
  };
  "/api/partner/tenant/info": {
    get: {
      parameters: { query: { id: string } };
      responses: { 200: Json<Envelope<Tenant>> };
    };
  };
}

export const connect: Connect = async ({ baseUrl, token, fetch }) => {
  const client = createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${token}` },
    ...(fetch && { fetch }),
  });
  return {
    async list(page, size) {
      const { data } = await client.POST("/api/partner/tenant/list", { params: { query: { page, size } }, body: {} });
      if (!data) throw new Error("no response");
      return data.payload;
    },
    async get(id) {
      const { data } = await client.GET("/api/partner/tenant/info", { params: { query: { id } } });
      if (!data) throw new Error("no response");
      return data.payload;
    },
  };
};
