// The API's responses as types, for the contenders without checks.
type Nullable<T> = { [K in keyof T]?: T[K] | null };

export interface Envelope<T> {
  status_code: number;
  message?: string;
  payload: T;
}

export type PublicNumber = Nullable<{ number: string; provider: string; expire_date: number; status: string }>;

export type ServicePackage = Nullable<{
  code_name: string;
  service_name: string;
  staff_num: number;
  customer_num: number;
  expiry_date: number;
  cashback: number;
}>;

export type Tenant = Nullable<{
  full_name: string;
  email: string;
  description: string;
  enabled: boolean;
  domain: string;
  domain_fusion: string;
  domain_expire: number;
  effective_date: number;
  expire_date: number;
  phone: string;
  status: string;
  paid_type: string;
  nation: string;
  currency: string;
  language: string;
  balance: number;
  api_key: string;
  public_numbers: PublicNumber[];
  service_package: ServicePackage;
}>;

export type TenantSummary = Tenant & { id: string };

export type TenantPage = { items: TenantSummary[] } & Nullable<{
  page_number: number;
  page_size: number;
  total_items: number;
  total_pages: number;
  has_next: boolean;
  has_previous: boolean;
  next_page: number;
  previous_page: number;
}>;
