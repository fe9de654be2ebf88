//@ after export type {
  ExtendPackageParams,
//@ after import type {
  ExtendPackageParams,
//@ before   /** Shows one tenant: `GET /api/partner/tenant/info`. */
  /** Extends a tenant's package: `POST /api/partner/service_package/extend`. */
  extendPackage(params: ExtendPackageParams, options?: CallOptions): Promise<unknown>;
//@ before       get: (id, options) => settle(core, core.get(id, options)),
      extendPackage: (params, options) => settle(core, core.extendPackage(params, options)),
