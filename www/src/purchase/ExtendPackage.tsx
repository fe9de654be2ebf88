import { schemaResolver, useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { ExtendPackageParams } from "omicall-partner";
import { packagesQuery } from "../data/packages";
import { Facts } from "../display/Facts";
import { useFormat } from "../display/format";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useAccount } from "../journal/writes";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { EmailField, MonthsField, NoteField } from "./fields";
import { monthsOf, type Order, options, pricesOf, stateOnScreen } from "./order";
import type { PurchaseProps } from "./Purchase";
import { PurchaseSteps } from "./PurchaseSteps";
import { QuoteSummary } from "./QuoteSummary";
import { asTyped, minNoteLength } from "./validation";

interface Values extends Omit<ExtendPackageParams, "month_num"> {
  /** As it was written. */
  month_num: string;
}

const paramsOf = (values: Values): ExtendPackageParams => ({ ...values, month_num: monthsOf(values.month_num) });

/** Buys more months of the package that the tenant has. */
export function ExtendPackage({ id, tenant, draft, ...props }: PurchaseProps) {
  const { t } = useLanguage();
  const format = useFormat();
  const client = useClient();
  const account = useAccount();
  const packages = useQuery(packagesQuery(client));
  const form = useForm<Values>({
    ...asTyped,
    initialValues: {
      email: tenant.email ?? "",
      month_num: String(draft?.months ?? 6),
      note: draft?.note ?? "",
    },
    validate: (values) => schemaResolver(client.schemas.extendPackage, { sync: true })(paramsOf(values)),
  });
  const params = paramsOf(form.values);
  const { email, month_num: months, note } = params;
  const current = tenant.service_package;
  const code_name = current?.code_name ?? "";
  const service_name = current?.service_name || code_name;
  const offer = packages.data?.find((offer) => offer.code_name === code_name);
  // A package that is no longer on sale has no list prices.
  const prices =
    packages.data && pricesOf(() => client.packages.quote({ package: offer ?? {}, months, kind: "extend" }));
  const order: Order = {
    details: {
      kind: "extend",
      account,
      email,
      name: tenant.full_name || email,
      tenantId: id,
      code_name,
      service_name,
      months,
      note,
      prices: prices ?? [],
      before: stateOnScreen(tenant),
    },
    request: ({ packages }) => packages.extend(params, options),
  };
  return (
    <PurchaseSteps
      {...props}
      form={form}
      fields={["email", "month_num", "note"]}
      order={order}
      loaded={packages.isSuccess}
    >
      <EmailField {...form.getInputProps("email")} />
      <Facts
        items={[
          [t.purchase.extend.item, service_name],
          [t.detail.packageExpiry, format.expiry(current?.expiry_date)],
        ]}
      />
      {packages.error && <ErrorAlert error={packages.error} onRetry={packages.refetch} />}
      <MonthsField data-autofocus {...form.getInputProps("month_num")} />
      <QuoteSummary prices={prices} />
      <NoteField min={minNoteLength} {...form.getInputProps("note")} />
    </PurchaseSteps>
  );
}
