/** The path of a tenant's page. An id with half a surrogate pair would make `encodeURIComponent` throw. */
export const tenantPath = (id: string) => `/tenants/${encodeURIComponent(id.toWellFormed())}`;
