// The parameters of the calls.
import type {
  BuyNumberParams,
  CreateTenantParams,
  ListNumbersParams,
  ListTenantsParams,
  NumberOffer,
  ExtendPackageParams,
  NumberQuoteParams,
  PackageOffer,
  PackageQuoteParams,
  PartnerClient,
  TopUpParams,
  UpgradePackageParams,
} from "omicall-partner";
import { expectTypeOf } from "expect-type";

expectTypeOf<CreateTenantParams>().toEqualTypeOf<{
  email: string;
  password: string;
  fullName: string;
  ownerName: string;
  phone: string;
  isAutoActive?: boolean | undefined;
}>();
expectTypeOf<ListTenantsParams>().toEqualTypeOf<{
  page?: number | undefined;
  size?: number | undefined;
  keyword?: string | undefined;
}>();
expectTypeOf<ListNumbersParams>().toEqualTypeOf<{ page?: number | undefined; size?: number | undefined }>();
expectTypeOf<PackageQuoteParams>().toEqualTypeOf<{
  package: PackageOffer;
  months: number;
  kind: "upgrade" | "extend";
}>();
expectTypeOf<NumberQuoteParams>().toEqualTypeOf<{ number: NumberOffer; months: number }>();
expectTypeOf<UpgradePackageParams>().toEqualTypeOf<{
  email: string;
  code_name: "trial" | "omi_start" | "omi_business" | "omi_advance" | "omi_pro" | "customize" | (string & {});
  month_num: number;
  note: string;
}>();
expectTypeOf<ExtendPackageParams>().toEqualTypeOf<{ email: string; month_num: number; note: string }>();
expectTypeOf<BuyNumberParams>().toEqualTypeOf<{ email: string; number: string; number_count: number; note: string }>();
expectTypeOf<TopUpParams>().toEqualTypeOf<{
  email: string;
  amount: number;
  description: string;
  wallet?: "SPK" | "NORMAL" | "" | undefined;
}>();

declare const omi: PartnerClient;
declare const unsure: { page?: number };
const owner = { email: "", ownerName: "", phone: "" };
const tenant = { ...owner, fullName: "", password: "" };
const topUp = { email: "", amount: 10_000, description: "" };

// Optional parameters may be undefined.
omi.tenants.create({ ...tenant });
omi.tenants.create({ ...tenant, isAutoActive: undefined });
omi.tenants.list({});
omi.tenants.list(undefined);
omi.tenants.list({ page: unsure.page, size: undefined, keyword: undefined });
omi.numbers.list({ page: unsure.page, size: undefined });
omi.tenants.topUp({ ...topUp, wallet: "SPK" });
omi.tenants.topUp({ ...topUp, wallet: undefined });

omi.packages.upgrade({ email: "", code_name: "a_new_one", month_num: 6, note: "" });

// Missing parameters.
// @ts-expect-error 2345|2741: code_name is required
omi.packages.upgrade({ email: "", month_num: 6, note: "" });
// @ts-expect-error 2345|2741: month_num is required
omi.packages.extend({ email: "", note: "" });
// @ts-expect-error 2345|2741: note is required
omi.numbers.buy({ email: "", number: "", number_count: 6 });
// @ts-expect-error 2345|2739: password and fullName are required
omi.tenants.create(owner);
// @ts-expect-error 2345|2741: email is required
omi.tenants.create({ password: "", fullName: "", ownerName: "", phone: "" });
// @ts-expect-error 2345|2741: password is required
omi.tenants.create({ email: "", fullName: "", ownerName: "", phone: "" });
// @ts-expect-error 2345|2741: fullName is required
omi.tenants.create({ ...owner, password: "" });
// @ts-expect-error 2345|2741: ownerName is required
omi.tenants.create({ email: "", password: "", fullName: "", phone: "" });
// @ts-expect-error 2345|2741: phone is required
omi.tenants.create({ email: "", password: "", fullName: "", ownerName: "" });
// @ts-expect-error 2345|2741: email is required
omi.tenants.topUp({ amount: 1, description: "" });
// @ts-expect-error 2345|2741: amount is required
omi.tenants.topUp({ email: "", description: "" });
// @ts-expect-error 2345|2741: description is required
omi.tenants.topUp({ email: "", amount: 1 });

// Undefined for required parameters.
// @ts-expect-error 2322: email is required
omi.tenants.create({ ...tenant, email: undefined });
// @ts-expect-error 2322: amount is required
omi.tenants.topUp({ ...topUp, amount: undefined });

// Null, for required and optional parameters.
// @ts-expect-error 2322: phone is not nullable
omi.tenants.create({ ...tenant, phone: null });
// @ts-expect-error 2322: isAutoActive is not nullable
omi.tenants.create({ ...tenant, isAutoActive: null });
// @ts-expect-error 2322: page is not nullable
omi.tenants.list({ page: null });
// @ts-expect-error 2322: size is not nullable
omi.tenants.list({ size: null });
// @ts-expect-error 2322: keyword is not nullable
omi.tenants.list({ keyword: null });
// @ts-expect-error 2322: wallet is not nullable
omi.tenants.topUp({ ...topUp, wallet: null });

// Parameters of a wrong type.
// @ts-expect-error 2322: email is a string
omi.tenants.create({ ...tenant, email: 5 });
// @ts-expect-error 2322: password is a string
omi.tenants.create({ ...tenant, password: 12345678 });
// @ts-expect-error 2322: fullName is a string
omi.tenants.create({ ...tenant, fullName: ["Sao Mai"] });
// @ts-expect-error 2322: ownerName is a string
omi.tenants.create({ ...tenant, ownerName: {} });
// @ts-expect-error 2322: phone is a string
omi.tenants.create({ ...tenant, phone: 901234567 });
// @ts-expect-error 2322: isAutoActive is a boolean
omi.tenants.create({ ...tenant, isAutoActive: "true" });
// @ts-expect-error 2322: page is a number
omi.tenants.list({ page: "1" });
// @ts-expect-error 2322: size is a number
omi.tenants.list({ size: 50n });
// @ts-expect-error 2322: keyword is a string
omi.tenants.list({ keyword: /a/ });
// @ts-expect-error 2322: email is a string
omi.tenants.topUp({ ...topUp, email: true });
// @ts-expect-error 2322: amount is a number
omi.tenants.topUp({ ...topUp, amount: "500000" });
// @ts-expect-error 2322: description is a string
omi.tenants.topUp({ ...topUp, description: 50 });
// @ts-expect-error 2820: wallets are upper case
omi.tenants.topUp({ ...topUp, wallet: "spk" });
// @ts-expect-error 2322: wallet is one of three strings
omi.tenants.topUp({ ...topUp, wallet: topUp.email });

// Unknown parameters.
// @ts-expect-error 2561: misspelled
omi.tenants.create({ ...tenant, isAutoActiv: true });
// @ts-expect-error 2561: the wire name
omi.tenants.create({ ...tenant, full_name: "" });
// @ts-expect-error 2353: no such parameter
omi.tenants.list({ limit: 5 });
// @ts-expect-error 2353: numbers have no search
omi.numbers.list({ keyword: "" });
// @ts-expect-error 2353: an option, not a parameter
omi.tenants.topUp({ ...topUp, recordBalance: true });
