// The API's responses as zod schemas: documented fields may be absent or null, other fields are kept, enumerations are open.
import * as z from "zod";

const text = z.string().nullish();
const number = z.number().nullish();
const boolean = z.boolean().nullish();

const publicNumber = z.looseObject({ number: text, provider: text, expire_date: number, status: text });

const servicePackage = z.looseObject({
  code_name: text,
  service_name: text,
  staff_num: number,
  customer_num: number,
  expiry_date: number,
  cashback: number,
});

const tenant = z.looseObject({
  full_name: text,
  email: text,
  description: text,
  enabled: boolean,
  domain: text,
  domain_fusion: text,
  domain_expire: number,
  effective_date: number,
  expire_date: number,
  phone: text,
  status: text,
  paid_type: text,
  nation: text,
  currency: text,
  language: text,
  balance: number,
  api_key: text,
  public_numbers: z.array(publicNumber).nullish(),
  service_package: servicePackage.nullish(),
});

const tenantPage = z.looseObject({
  items: z.array(tenant.extend({ id: z.string() })),
  page_number: number,
  page_size: number,
  total_items: number,
  total_pages: number,
  has_next: boolean,
  has_previous: boolean,
  next_page: number,
  previous_page: number,
});

const successStatus = z.literal(9999);

export const tenantResponse = z.object({ status_code: successStatus, payload: tenant });
export const tenantPageResponse = z.object({ status_code: successStatus, payload: tenantPage });
