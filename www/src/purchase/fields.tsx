import { Button, Group, Textarea, type TextareaProps, TextInput, type TextInputProps } from "@mantine/core";
import { useLanguage } from "../language/language";
import { CharacterCount } from "../payment/CharacterCount";

/** The tenant's address, which cannot be changed here; errors about it are still shown at this field. */
export function EmailField(props: TextInputProps) {
  const { t } = useLanguage();
  return <TextInput label={t.tenant.ownerEmail} type="email" readOnly variant="filled" {...props} />;
}

interface MonthsProps extends Omit<TextInputProps, "value" | "onChange"> {
  value?: string;
  onChange: (value: unknown) => void;
}

export function MonthsField({ value = "", onChange, ...props }: MonthsProps) {
  const { t } = useLanguage();
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        label={t.purchase.months}
        inputMode="numeric"
        autoComplete="off"
        required
        flex="1 1 6rem"
        value={value}
        onChange={onChange}
        {...props}
      />
      <Group role="group" aria-label={t.purchase.quickMonths} gap={4} mb={3}>
        {["6", "12", "24"].map((months) => (
          <Button
            key={months}
            variant={value === months ? "light" : "default"}
            size="xs"
            px="xs"
            aria-pressed={value === months}
            onClick={() => onChange(months)}
          >
            {t.purchase.monthCount(Number(months))}
          </Button>
        ))}
      </Group>
    </Group>
  );
}

interface NoteProps extends Omit<TextareaProps, "value"> {
  value?: string;
  /** The server's minimum; only for the counter below the field, since the SDK validates the note. */
  min: number;
}

export function NoteField({ value = "", min, ...props }: NoteProps) {
  const { t } = useLanguage();
  return (
    <Textarea
      label={t.purchase.note}
      description={<CharacterCount text={value} min={min} />}
      inputWrapperOrder={["label", "input", "error", "description"]}
      autosize
      minRows={2}
      required
      value={value}
      {...props}
    />
  );
}
