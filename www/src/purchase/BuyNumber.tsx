import { schemaResolver, useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { BuyNumberParams } from "omicall-partner";
import { numbersKey, numbersQuery } from "../data/numbers";
import { useAccount } from "../journal/writes";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { EmailField, MonthsField, NoteField } from "./fields";
import { NumberChoice } from "./NumberChoice";
import { monthsOf, type Order, options, pricesOf, stateOnScreen } from "./order";
import type { PurchaseProps } from "./Purchase";
import { PurchaseSteps } from "./PurchaseSteps";
import { QuoteSummary } from "./QuoteSummary";
import { asTyped } from "./validation";

interface Values extends Omit<BuyNumberParams, "number_count"> {
  /** As it was written. */
  number_count: string;
}

/** The API calls the months `number_count`. */
const paramsOf = (values: Values): BuyNumberParams => ({ ...values, number_count: monthsOf(values.number_count) });

/** Buys a phone number for the tenant. */
export function BuyNumber({ id, tenant, draft, ...props }: PurchaseProps) {
  const { t } = useLanguage();
  const client = useClient();
  const account = useAccount();
  const queryClient = useQueryClient();
  const numbers = useQuery(numbersQuery(client));
  const find = (sought: string) => numbers.data?.find(({ number }) => number === sought);
  const schema = client.schemas.buyNumber.extend({
    // Somebody else may have bought it since.
    number: (number: string) => (find(number) ? undefined : t.purchase.buy.chooseItem),
  });
  const form = useForm<Values>({
    ...asTyped,
    initialValues: {
      email: tenant.email ?? "",
      number: draft?.kind === "buy" ? draft.number : "",
      number_count: String(draft?.months ?? 6),
      note: draft?.note ?? "",
    },
    validate: (values) => schemaResolver(schema, { sync: true })(paramsOf(values)),
  });
  const params = paramsOf(form.values);
  const { email, number, number_count: months, note } = params;
  const offer = find(number);
  const prices = offer && pricesOf(() => client.numbers.quote({ number: offer, months }));
  const order: Order = {
    details: {
      kind: "buy",
      account,
      email,
      name: tenant.full_name || email,
      tenantId: id,
      number,
      months,
      note,
      prices: prices ?? [],
      before: stateOnScreen(tenant),
    },
    request: ({ numbers }) =>
      numbers.buy(params, options).finally(() => queryClient.invalidateQueries({ queryKey: numbersKey })),
  };
  return (
    <PurchaseSteps
      {...props}
      form={form}
      fields={["email", "number", "number_count", "note"]}
      order={order}
      loaded={numbers.isSuccess}
    >
      <EmailField {...form.getInputProps("email")} />
      <NumberChoice numbers={numbers} {...form.getInputProps("number")} />
      <MonthsField {...form.getInputProps("number_count")} />
      <QuoteSummary prices={prices} />
      <NoteField min={1} {...form.getInputProps("note")} />
    </PurchaseSteps>
  );
}
