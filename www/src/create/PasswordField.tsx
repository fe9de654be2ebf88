import { Button, Group, List, PasswordInput, Progress, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useDeferredValue, useState } from "react";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { CopyPassword } from "./CopyPassword";
import type { CreationForm } from "./form";
import { checkRules, generatePassword } from "./password";

/** The password, with its strength, the provider's rules, and a generator. */
export function PasswordField({ form }: { form: CreationForm }) {
  const { t } = useLanguage();
  const [visible, { open: show, toggle }] = useDisclosure(false);
  const [strength, setStrength] = useState<typeof import("./strength")>();
  const { password } = form.values;
  const inputProps = form.getInputProps("password");

  const loadStrength = () => {
    // Without it, the form can still be used.
    if (!strength) import("./strength").then(setStrength, () => {});
  };
  const generate = () => {
    loadStrength();
    form.setFieldValue("password", generatePassword());
    form.clearFieldError("password");
    show();
  };

  return (
    <Stack gap={6}>
      <PasswordInput
        label={t.create.password}
        autoComplete="new-password"
        spellCheck={false}
        required
        visible={visible}
        onVisibilityChange={toggle}
        visibilityToggleButtonProps={{ "aria-label": t.create.showPassword }}
        {...inputProps}
        onFocus={loadStrength}
        // Unlike the other inputs, PasswordInput does not set this itself.
        aria-invalid={"password" in form.errors}
      />
      {password && strength && <Strength module={strength} form={form} />}
      {password && <Rules password={password} />}
      <Group gap="xs">
        <Button size="xs" variant="default" leftSection={<Icon name="refresh" size={14} />} onClick={generate}>
          {t.create.generate}
        </Button>
        {password && <CopyPassword password={password} />}
      </Group>
    </Stack>
  );
}

const colors = { 0: "red", 1: "orange", 2: "yellow", 3: "teal", 4: "teal" };

function Strength({ module, form }: { module: typeof import("./strength"); form: CreationForm }) {
  const { t } = useLanguage();
  const { password, fullName, ownerName, email, phone } = useDeferredValue(form.values);
  const score = module.strengthOf(password, [fullName, ownerName, email, phone]);
  const word = t.create.strengths[score] ?? "";
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress.Root flex={1}>
        <Progress.Section
          value={(score + 1) * 20}
          color={colors[score]}
          aria-label={t.create.strength}
          aria-valuetext={word}
        />
      </Progress.Root>
      <Text size="xs" fw={500} role="status">
        <VisuallyHidden>{t.create.strength}: </VisuallyHidden>
        {word}
      </Text>
    </Group>
  );
}

function Rules({ password }: { password: string }) {
  const { t } = useLanguage();
  return (
    <List listStyleType="none" size="xs" aria-label={t.create.rulesTitle} className="password-rules">
      {checkRules(password).map(({ rule, isMet }) => (
        <List.Item key={rule} icon={<Icon name={isMet ? "check" : "circle"} size={14} />} c={isMet ? "teal" : "dimmed"}>
          {t.create.rules[rule]}
          <VisuallyHidden> ({isMet ? t.create.ruleMet : t.create.ruleUnmet})</VisuallyHidden>
        </List.Item>
      ))}
    </List>
  );
}
