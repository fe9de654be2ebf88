import { look } from "./errors.js";
import type {
  BuyNumberParams,
  CreateTenantParams,
  ExtendPackageParams,
  ListNumbersParams,
  ListTenantsParams,
  TopUpParams,
  UpgradePackageParams,
  ValidationIssue,
} from "./wasm/omicall_partner.js";

/**
 * The parameters of calls as Standard Schemas, with the rules, messages and codes of the calls. They are synchronous, send nothing,
 * and work after `close()` too.
 */
export interface Schemas {
  /** Of {@link Numbers.buy}. */
  readonly buyNumber: ParamsSchema<BuyNumberParams>;
  /** Of {@link Tenants.create}. */
  readonly createTenant: ParamsSchema<CreateTenantParams>;
  /** Of {@link Packages.extend}. */
  readonly extendPackage: ParamsSchema<ExtendPackageParams>;
  /** Of {@link Numbers.list}. */
  readonly listNumbers: ParamsSchema<ListNumbersParams | undefined, ListNumbersParams>;
  /** Of {@link Tenants.list}. */
  readonly listTenants: ParamsSchema<ListTenantsParams | undefined, ListTenantsParams>;
  /** Of {@link Tenants.topUp}. */
  readonly topUp: ParamsSchema<TopUpParams>;
  /** Of {@link Packages.upgrade}. */
  readonly upgradePackage: ParamsSchema<UpgradePackageParams>;
}

/** A [Standard Schema](https://standardschema.dev): form libraries and others take it as it is. */
export interface ParamsSchema<Input, Output = Input> {
  /** The interface of the standard, version 1. */
  readonly "~standard": {
    /** The version of the standard. */
    readonly version: 1;
    /** This package. */
    readonly vendor: "omicall-partner";
    /**
     * Gives the parameters as the call sends them, or all issues. Never a promise, and no exception, unless a function that
     * {@link ParamsSchema.extend} was given throws one.
     */
    readonly validate: (value: unknown) =>
      | {
          /** The parameters as the call sends them. */
          readonly value: Output;
          /** There are none. */
          readonly issues?: undefined;
        }
      | {
          /** All of them. */
          readonly issues: readonly ParamsIssue[];
        };
    /** Only for the compiler: there is no such field. */
    readonly types?:
      | {
          /** What a caller passes. */
          readonly input: Input;
          /** What a validation gives. */
          readonly output: Output;
        }
      | undefined;
  };
  /**
   * A schema for a form with more fields than the call has parameters. The output leaves them out. For a parameter of the call, the
   * function is one more rule. Other unknown names stay issues.
   *
   * @typeParam Checks - A function for each field.
   * @example
   * ```ts
   * const schema = omi.schemas.createTenant.extend({
   *   confirmPassword: (value: string, form) => (value === form.password ? undefined : "The passwords are different."),
   * });
   * ```
   */
  extend<Checks extends Readonly<Record<string, FieldCheck<Input>>>>(
    checks: Checks,
  ): ParamsSchema<
    Input & {
      [Name in keyof Checks]: Checks[Name] extends (value: infer Value, form: never) => unknown ? Value : never;
    },
    Output
  >;
}

/**
 * Checks one field of a form: returns a message, or `undefined` where the field is valid. `form` is what was entered, not validated; so
 * is `value`, unless it is a valid parameter of the call. The type of `value` becomes the type of the field.
 */
export type FieldCheck<Form> = {
  // A method, so that `value` may have a narrower type than `unknown`.
  /** Returns a message, or `undefined` where the field is valid. */
  check(value: unknown, form: Partial<NonNullable<Form>>): string | undefined;
}["check"];

/** An issue of one parameter. */
export interface ParamsIssue {
  /** One sentence, in the client's language. */
  readonly message: string;
  /** The parameter's name; empty for the object as a whole. */
  readonly path: readonly string[];
  /** See {@link ValidationIssue.code}; `custom` for a message from {@link ParamsSchema.extend}. */
  readonly code: string;
}

type Validate = (params: unknown) => { readonly value: unknown; readonly issues: readonly ValidationIssue[] };
type Checks = readonly [name: string, check: FieldCheck<object>][];

const isUnknown = ({ code }: ValidationIssue) => code === "unknown_parameter";

/** `validate` takes the names of `checks` for unknown parameters. */
export function paramsSchema<Input, Output>(validate: Validate, checks: Checks = []): ParamsSchema<Input, Output> {
  return {
    "~standard": {
      version: 1,
      vendor: "omicall-partner",
      validate: (form) => {
        const validated = validate(form);
        const issues: ParamsIssue[] = validated.issues
          .filter((issue) => !isUnknown(issue) || !checks.some(([name]) => name === issue.field))
          .map((issue) => ({
            message: issue.message,
            path: issue.field === "params" && !isUnknown(issue) ? [] : [issue.field],
            code: issue.code,
          }));
        // What is no object has no fields.
        if (issues.every(({ path }) => path.length > 0)) {
          const fields = (form ?? {}) as object;
          for (const [name, check] of checks) {
            // A parameter that is not valid may have any type.
            if (issues.some(({ path }) => path[0] === name)) continue;
            const message = check(look(fields, name), fields);
            if (message) issues.push({ message, path: [name], code: "custom" });
          }
        }
        return issues.length > 0 ? { issues } : { value: validated.value as Output };
      },
    },
    extend: (more) => paramsSchema(validate, [...checks, ...Object.entries(more)]),
  };
}
