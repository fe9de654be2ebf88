import { Button, Group, List, PasswordInput, Progress, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useDeferredValue, useEffect, useState } from "react";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { CopyPassword } from "./CopyPassword";
import type { CreationForm } from "./form";
import { checkRules, generatePassword } from "./password";

/** The password, with its strength, the provider's rules, and a generator. */
export function PasswordField({ form }: { form: CreationForm }) {
  const { t } = useLanguage();
  const [visible, { open: show, toggle }] = useDisclosure(false);
  const [focused, setFocused] = useState(false);
  const { password } = form.values;
  const strength = useStrength(focused || password !== "");

  const generate = () => {
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
        {...form.getInputProps("password")}
        onFocus={() => setFocused(true)}
        // Unlike the other inputs, PasswordInput does not set this itself.
        aria-invalid={"password" in form.errors}
      />
      {password && strength && <Strength module={strength} form={form} />}
      {password && <Rules password={password} />}
      <Group gap="xs">
        <Button size="xs" variant="default" leftSection={<Icon name="refresh" size={14} />} onClick={generate}>
          {t.create.generate}
        </Button>
        {password && <CopyPassword password={password} size="xs" />}
      </Group>
    </Stack>
  );
}

function useStrength(isNeeded: boolean) {
  const [strength, setStrength] = useState<typeof import("./strength")>();
  useEffect(() => {
    // If it cannot be loaded, the form can be used without it.
    if (isNeeded) import("./strength").then(setStrength, () => {});
  }, [isNeeded]);
  return strength;
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
          withAria={false}
          role="meter"
          aria-label={t.create.strength}
          aria-valuemin={0}
          aria-valuemax={4}
          aria-valuenow={score}
          aria-valuetext={word}
        />
      </Progress.Root>
      <Text size="xs" fw={500} aria-hidden>
        {word}
      </Text>
    </Group>
  );
}

function Rules({ password }: { password: string }) {
  const { t } = useLanguage();
  return (
    <List
      listStyleType="none"
      size="xs"
      aria-label={t.create.rulesTitle}
      styles={{ root: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(8rem, 1fr))" } }}
    >
      {checkRules(password).map(({ rule, isMet }) => (
        <List.Item
          key={rule}
          c={isMet ? "bright" : "dimmed"}
          icon={<Icon name={isMet ? "check" : "circle"} size={14} />}
        >
          {t.create.rules[rule]}
          <VisuallyHidden> ({isMet ? t.create.ruleMet : t.create.ruleUnmet})</VisuallyHidden>
        </List.Item>
      ))}
    </List>
  );
}
