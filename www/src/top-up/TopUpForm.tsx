import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { TopUpParams } from "omicall-partner";
import type { FormEvent } from "react";
import { useLanguage } from "../language/language";
import { PaymentError } from "../payment/PaymentError";
import { AmountInput } from "./AmountInput";
import { DescriptionInput } from "./DescriptionInput";

const wallets = ["NORMAL", "SPK"] as const;

/** The parameters of a top-up, with both wallets named. */
export type Params = TopUpParams & { wallet: (typeof wallets)[number] };

export interface Values extends Omit<Params, "amount"> {
  /** As it was written. */
  amount: string;
}

interface Props {
  form: UseFormReturnType<Values>;
  /** Why the last attempt failed. */
  error: Error | undefined;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onCancel: () => void;
}

export function TopUpForm({ form, error, onSubmit, onCancel }: Props) {
  const { t } = useLanguage();
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <PaymentError error={error} kind="topUp" />
        <TextInput
          label={t.tenant.ownerEmail}
          type="email"
          // The tenant's address, which cannot be changed here; errors about it are still shown at this field.
          readOnly
          variant="filled"
          {...form.getInputProps("email")}
        />
        <AmountInput data-autofocus autoFocus {...form.getInputProps("amount")} />
        <Radio.Group label={t.topUp.wallet} required {...form.getInputProps("wallet")}>
          <Stack gap="xs" mt={6}>
            {wallets.map((wallet) => (
              <Radio
                key={wallet}
                value={wallet}
                label={t.topUp.wallets[wallet]}
                description={t.topUp.walletHints[wallet]}
              />
            ))}
          </Stack>
        </Radio.Group>
        <DescriptionInput {...form.getInputProps("description")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t.cancel}
          </Button>
          <Button type="submit">{t.topUp.toConfirm}</Button>
        </Group>
      </Stack>
    </form>
  );
}
