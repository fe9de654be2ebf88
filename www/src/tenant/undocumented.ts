import type { PublicNumber, ServicePackage, Tenant, TenantSummary } from "omicall-partner";

// The documented fields, which the screen shows by their names. The compiler reports a field of the SDK that is missing here.
const ofTenant: Record<keyof TenantSummary, true> = {
  id: true,
  full_name: true,
  email: true,
  description: true,
  enabled: true,
  domain: true,
  domain_fusion: true,
  domain_expire: true,
  effective_date: true,
  expire_date: true,
  phone: true,
  status: true,
  paid_type: true,
  nation: true,
  currency: true,
  language: true,
  balance: true,
  api_key: true,
  public_numbers: true,
  service_package: true,
};
const ofPackage: Record<keyof ServicePackage, true> = {
  code_name: true,
  service_name: true,
  staff_num: true,
  customer_num: true,
  expiry_date: true,
  cashback: true,
};
const ofNumber: Record<keyof PublicNumber, true> = { number: true, provider: true, expire_date: true, status: true };

export type Field = readonly [name: string, value: unknown];

/** The fields that the server sends and nobody has documented. */
export function otherFields({ service_package, public_numbers, ...tenant }: Tenant): Field[] {
  return [
    ...undocumented(tenant, ofTenant),
    ...undocumented(service_package ?? {}, ofPackage, "service_package."),
    ...(public_numbers ?? []).flatMap((number, index) => undocumented(number, ofNumber, `public_numbers[${index}].`)),
  ];
}

const undocumented = (value: object, documented: object, prefix = ""): Field[] =>
  Object.entries(value)
    .filter(([name]) => !Object.hasOwn(documented, name))
    .map(([name, value]) => [prefix + name, value]);
