import { Button, Group, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import type { CreateTenantParams } from "omicall-partner";
import { type MouseEvent, useEffect } from "react";
import { focusOnMount } from "../display/focusOnMount";
import { ErrorAlert } from "../errors/ErrorAlert";
import { showFieldErrors } from "../errors/errors";
import { useLanguage } from "../language/language";
import { type CreationForm, fields } from "./form";
import { PasswordField } from "./PasswordField";
import { type Repeated, RepeatedCreation } from "./RepeatedCreation";

interface Props {
  form: CreationForm;
  /** Why the last request was refused, unless a field says it. */
  error: Error | undefined;
  /** Set if the last request was refused, but may have created this tenant. */
  repeated: Repeated | undefined;
  onSubmit: (params: CreateTenantParams) => void;
  onCancel: () => void;
}

export function CreateForm({ form, error, repeated, onSubmit, onCancel }: Props) {
  const { t } = useLanguage();
  const submit = form.onSubmit(onSubmit, (errors) => {
    form.checkAll();
    showFieldErrors(form, fields, errors);
  });
  // The form is mounted again when a request was refused.
  useEffect(() => showFieldErrors(form, fields, form.errors), []);
  return (
    <form onSubmit={submit} onMouseDown={keepFocus} noValidate>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="md">
          <TextInput
            label={t.create.fullName}
            autoComplete="organization"
            required
            data-autofocus
            {...form.getInputProps("fullName")}
          />
          <TextInput label={t.create.ownerName} autoComplete="off" required {...form.getInputProps("ownerName")} />
          <TextInput
            label={t.create.email}
            description={t.create.emailHint}
            inputWrapperOrder={["label", "input", "error", "description"]}
            type="email"
            autoComplete="off"
            required
            {...form.getInputProps("email")}
          />
          <TextInput label={t.create.phone} type="tel" autoComplete="off" required {...form.getInputProps("phone")} />
        </SimpleGrid>
        <PasswordField form={form} />
        <Switch
          label={t.create.autoActive}
          description={t.create.autoActiveHint}
          {...form.getInputProps("isAutoActive", { type: "checkbox" })}
        />
        {error && (
          <div {...focusOnMount}>
            <ErrorAlert error={error} title={t.create.refused} />
          </div>
        )}
        {repeated && <RepeatedCreation repeated={repeated} onOpen={onCancel} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t.cancel}
          </Button>
          <Button type="submit">{t.create.submit}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A field that loses the focus may show an error, which would move a button away before it is released. */
function keepFocus(event: MouseEvent) {
  if (event.target instanceof Element && event.target.closest("button, label")) event.preventDefault();
}
