import { Alert } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { UpgradePackageParams } from "omicall-partner";
import { packagesQuery } from "../data/packages";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useAccount } from "../journal/writes";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { EmailField, MonthsField, NoteField } from "./fields";
import { monthsOf, type Order, options, pricesOf, stateOnScreen } from "./order";
import { PackageChoice } from "./PackageChoice";
import type { PurchaseProps } from "./Purchase";
import { PurchaseSteps } from "./PurchaseSteps";
import { QuoteSummary } from "./QuoteSummary";
import { asTyped, minNoteLength } from "./validation";

interface Values extends Omit<UpgradePackageParams, "month_num"> {
  /** As it was written. */
  month_num: string;
}

const paramsOf = (values: Values): UpgradePackageParams => ({ ...values, month_num: monthsOf(values.month_num) });

/** Gives the tenant another package. */
export function UpgradePackage({ id, tenant, draft, ...props }: PurchaseProps) {
  const { t } = useLanguage();
  const client = useClient();
  const account = useAccount();
  const packages = useQuery(packagesQuery(client));
  const find = (code: string) => packages.data?.find(({ code_name }) => code_name === code);
  const schema = client.schemas.upgradePackage.extend({
    code_name: (code: string) => (find(code) ? undefined : t.purchase.upgrade.chooseItem),
  });
  const form = useForm<Values>({
    ...asTyped,
    initialValues: {
      email: tenant.email ?? "",
      code_name: draft && draft.kind !== "buy" ? draft.code_name : "",
      month_num: String(draft?.months ?? 6),
      note: draft?.note ?? "",
    },
    validate: (values) => schemaResolver(schema, { sync: true })(paramsOf(values)),
  });
  const format = useFormat();
  const expiry = tenant.service_package?.expiry_date ?? 0;
  const params = paramsOf(form.values);
  const { email, code_name, month_num: months, note } = params;
  const offer = find(code_name);
  const prices = offer && pricesOf(() => client.packages.quote({ package: offer, months, kind: "upgrade" }));
  const order: Order = {
    details: {
      kind: "upgrade",
      account,
      email,
      name: tenant.full_name || email,
      tenantId: id,
      code_name,
      service_name: offer?.service_name || code_name,
      months,
      note,
      prices: prices ?? [],
      before: stateOnScreen(tenant),
    },
    request: ({ packages }) => packages.upgrade(params, options),
  };
  return (
    <PurchaseSteps
      {...props}
      form={form}
      fields={["email", "code_name", "month_num", "note"]}
      order={order}
      loaded={packages.isSuccess}
    >
      <EmailField {...form.getInputProps("email")} />
      <PackageChoice
        packages={packages}
        current={tenant.service_package?.code_name}
        {...form.getInputProps("code_name")}
      />
      <MonthsField {...form.getInputProps("month_num")} />
      <QuoteSummary prices={prices} />
      {expiry > Date.now() && (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {t.purchase.upgrade.remainingTime(format.date(expiry))}
        </Alert>
      )}
      <NoteField min={minNoteLength} {...form.getInputProps("note")} />
    </PurchaseSteps>
  );
}
