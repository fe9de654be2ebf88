// The schemas: as Standard Schemas, and for forms with more fields.
import type {
  BuyNumberParams,
  CreateTenantParams,
  ExtendPackageParams,
  FieldCheck,
  ListNumbersParams,
  ListTenantsParams,
  ParamsIssue,
  ParamsSchema,
  PartnerClient,
  Schemas,
  TopUpParams,
  UpgradePackageParams,
} from "omicall-partner";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { expectTypeOf } from "expect-type";

expectTypeOf<Schemas>().toEqualTypeOf<{
  readonly buyNumber: ParamsSchema<BuyNumberParams>;
  readonly createTenant: ParamsSchema<CreateTenantParams>;
  readonly extendPackage: ParamsSchema<ExtendPackageParams>;
  readonly listNumbers: ParamsSchema<ListNumbersParams | undefined, ListNumbersParams>;
  readonly listTenants: ParamsSchema<ListTenantsParams | undefined, ListTenantsParams>;
  readonly topUp: ParamsSchema<TopUpParams>;
  readonly upgradePackage: ParamsSchema<UpgradePackageParams>;
}>();
expectTypeOf<ParamsIssue>().toEqualTypeOf<{
  readonly message: string;
  readonly path: readonly string[];
  readonly code: string;
}>();
expectTypeOf<ReturnType<FieldCheck<TopUpParams>>>().toEqualTypeOf<string | undefined>();

declare const omi: PartnerClient;
declare const form: unknown;

// As a Standard Schema.
expectTypeOf(omi.schemas.createTenant).toExtend<StandardSchemaV1<CreateTenantParams>>();
expectTypeOf(omi.schemas.listTenants).toExtend<StandardSchemaV1<ListTenantsParams | undefined, ListTenantsParams>>();
expectTypeOf<StandardSchemaV1.InferInput<Schemas["topUp"]>>().toEqualTypeOf<TopUpParams>();
expectTypeOf<StandardSchemaV1.InferOutput<Schemas["topUp"]>>().toEqualTypeOf<TopUpParams>();
expectTypeOf<StandardSchemaV1.InferInput<Schemas["listNumbers"]>>().toEqualTypeOf<ListNumbersParams | undefined>();
expectTypeOf<StandardSchemaV1.InferOutput<Schemas["listNumbers"]>>().toEqualTypeOf<ListNumbersParams>();
// @ts-expect-error 2322: a schema of another call
export const other: StandardSchemaV1<TopUpParams> = omi.schemas.createTenant;

// The result, at once.
const result = omi.schemas.createTenant["~standard"].validate(form);
// @ts-expect-error 2339: it may have no value
result.value;
if (result.issues) expectTypeOf(result.issues).toEqualTypeOf<readonly ParamsIssue[]>();
else omi.tenants.create(result.value);

// A form with more fields.
const signUp = omi.schemas.createTenant.extend({
  confirmPassword: (value: string, form) => {
    expectTypeOf(form).toEqualTypeOf<Partial<CreateTenantParams>>();
    return value === form.password ? undefined : "The passwords are different.";
  },
  terms: (value) => {
    expectTypeOf(value).toBeUnknown();
    return value === true ? undefined : "Accept the terms.";
  },
  note: () => undefined,
});
type SignUp = StandardSchemaV1.InferInput<typeof signUp>;
expectTypeOf<keyof SignUp>().toEqualTypeOf<keyof CreateTenantParams | "confirmPassword" | "terms" | "note">();
expectTypeOf<SignUp["confirmPassword"]>().toBeString();
expectTypeOf<SignUp["terms"]>().toBeUnknown();
expectTypeOf<SignUp["note"]>().toBeUnknown();
expectTypeOf<SignUp["email"]>().toBeString();
expectTypeOf<StandardSchemaV1.InferOutput<typeof signUp>>().toEqualTypeOf<CreateTenantParams>();
expectTypeOf(signUp).toExtend<StandardSchemaV1<CreateTenantParams & { confirmPassword: string }, CreateTenantParams>>();

// Once more: the function sees the fields that were added before.
const twice = signUp.extend({ hint: (value: string, { confirmPassword }) => confirmPassword && value });
expectTypeOf<StandardSchemaV1.InferInput<typeof twice>["hint"]>().toBeString();
const search = omi.schemas.listTenants.extend({ from: (value: Date, { keyword }) => keyword && String(value) });
expectTypeOf<StandardSchemaV1.InferInput<typeof search>["from"]>().toEqualTypeOf<Date>();
expectTypeOf<StandardSchemaV1.InferOutput<typeof search>>().toEqualTypeOf<ListTenantsParams>();

// @ts-expect-error 2339: misspelled
omi.schemas.createTenant.extend({ confirm: (value, { pasword }) => (value === pasword ? undefined : "") });
// @ts-expect-error 2322: a message is a string
omi.schemas.createTenant.extend({ confirm: () => 5 });
// @ts-expect-error 2322: not asynchronous
omi.schemas.createTenant.extend({ confirm: async () => "" });
// @ts-expect-error 2322: a function
omi.schemas.createTenant.extend({ confirm: true });
// @ts-expect-error 2540: read-only
omi.schemas.topUp = omi.schemas.topUp;
// @ts-expect-error 2339|2551: no such schema
omi.schemas.getTenant;
