import { Button, Group, Stack, TextInput, type TextInputProps } from "@mantine/core";
import type { ChangeEvent } from "react";
import { flushSync } from "react-dom";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { amountInWords, caretAfter, groupAmount, parseAmount } from "./amount";

const quickAmounts = [500_000, 1_000_000, 2_000_000, 5_000_000];

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value?: string;
  onChange: (text: string) => void;
}

/**
 * An amount in VND, with thousands separators while it is typed, in words below, and with buttons for usual amounts.
 * Mantine's NumberInput would also correct a pasted text: `500000.00` would become 50.000.000.
 */
export function AmountInput({ value = "", onChange, ...props }: Props) {
  const { language, t } = useLanguage();
  const format = useFormat();

  const onEdit = ({ currentTarget: input, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    const { inputType, data } = nativeEvent instanceof InputEvent ? nativeEvent : { inputType: "", data: null };
    const isDeleted = inputType.startsWith("delete");
    const text = groupAmount(value, input.value, isDeleted || /^\d$/.test(data ?? ""), t);
    const caret = input.selectionEnd ?? input.value.length;
    // A deleted separator comes back, so the caret must pass it.
    const passes = isDeleted && inputType !== "deleteContentForward";
    const position = caretAfter(input.value.slice(0, caret).replace(/\D/g, "").length, text, passes);
    const isUnchanged = text === input.value;
    flushSync(() => onChange(text));
    if (!isUnchanged) input.setSelectionRange(position, position);
  };

  return (
    <Stack gap="xs">
      <TextInput
        {...props}
        value={value}
        onChange={onEdit}
        label={t.topUp.amount}
        description={amountInWords(parseAmount(value, t), language)}
        inputWrapperOrder={["label", "input", "error", "description"]}
        inputMode="decimal"
        rightSection="₫"
        rightSectionPointerEvents="none"
        autoComplete="off"
        required
      />
      <Group gap={6} role="group" aria-label={t.topUp.quickAmounts}>
        {quickAmounts.map((amount) => (
          <Button key={amount} size="compact-sm" variant="default" onClick={() => onChange(format.number(amount))}>
            {format.number(amount)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
