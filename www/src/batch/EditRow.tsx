import { Button, Group, PasswordInput, Stack, Switch, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import type { CreateTenantParams } from "omicall-partner";
import { ErrorAlert } from "../errors/ErrorAlert";
import { showFieldErrors } from "../errors/errors";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { fields } from "./columns";
import type { BatchRow } from "./model";
import { useRefusalText } from "./useRefusalText";

interface Props {
  row: BatchRow;
  onCancel: () => void;
  onSave: (params: CreateTenantParams) => void;
}

/** Edits a row that the server has refused. */
export function EditRow({ row: { params, password, error }, onCancel, onSave }: Props) {
  const { t } = useLanguage();
  const client = useClient();
  const refusalText = useRefusalText();
  const form = useForm<CreateTenantParams>({
    initialValues: { isAutoActive: false, ...params, password: password ?? "" },
    validate: schemaResolver(client.schemas.createTenant, { sync: true }),
  });
  const submit = form.onSubmit(onSave, (errors) => showFieldErrors(form, fields, errors));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {error !== null && <ErrorAlert title={t.batch.reason} error={new Error(refusalText(error))} />}
        <TextInput label={t.batch.fields.fullName} autoComplete="off" required {...form.getInputProps("fullName")} />
        <TextInput label={t.batch.fields.ownerName} autoComplete="off" required {...form.getInputProps("ownerName")} />
        <TextInput
          label={t.batch.fields.email}
          type="email"
          autoComplete="off"
          required
          data-autofocus
          {...form.getInputProps("email")}
        />
        <TextInput
          label={t.batch.fields.phone}
          type="tel"
          autoComplete="off"
          required
          {...form.getInputProps("phone")}
        />
        <PasswordInput
          label={t.batch.fields.password}
          autoComplete="new-password"
          required
          visibilityToggleButtonProps={{ "aria-label": t.create.showPassword }}
          {...form.getInputProps("password")}
          // Unlike the other inputs, PasswordInput does not set this itself.
          aria-invalid={"password" in form.errors}
        />
        <Switch label={t.batch.fields.isAutoActive} {...form.getInputProps("isAutoActive", { type: "checkbox" })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t.cancel}
          </Button>
          <Button type="submit">{t.batch.saveAndRetry}</Button>
        </Group>
      </Stack>
    </form>
  );
}
