//@ after export type {
  ListedNumber,
  ListNumbersParams,
  NumberPage,
  Price,
//@ after import type {
  ListNumbersParams,
  NumberPage,
//@ before   /** Shows one tenant: `GET /api/partner/tenant/info`. */
  /** Lists the numbers that tenants can buy, page by page: `GET /api/partner/public_number/list`. */
  listNumbers(params?: ListNumbersParams, options?: CallOptions): Promise<NumberPage>;
//@ before       get: (id, options) => settle(core, core.get(id, options)),
      listNumbers: (params, options) => settle(core, core.listNumbers(params, options)),
