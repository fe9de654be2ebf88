import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useLanguage } from "../language/language";

export function TokenInput(props: PasswordInputProps) {
  const { t } = useLanguage();
  return (
    <PasswordInput
      label={t.signIn.token}
      autoComplete="off"
      {...props}
      // Unlike the other inputs, PasswordInput does not set this itself.
      aria-invalid={Boolean(props.error)}
      visibilityToggleButtonProps={{ "aria-label": t.signIn.showToken }}
    />
  );
}
