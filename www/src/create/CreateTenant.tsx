import { Button, Group, Modal, PasswordInput, Stack, Switch, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type CreateTenantParams, OutcomeUnknownError } from "omicall-partner";
import { useState } from "react";
import { Boundary } from "../layout/Boundary";
import { useClient } from "../session/client";
import { ErrorAlert } from "../errors/ErrorAlert";
import { errorMessage, fieldErrors, showFieldErrors } from "../errors/errors";
import type { Texts } from "../language/texts";
import { useLanguage } from "../language/language";
import { notify } from "../display/notify";
import { Offline } from "../layout/Offline";
import { useIsMounted } from "../display/useIsMounted";
import { UnsettledError } from "../journal/errors";
import type { CreationDetails } from "../journal/model";
import { close, send, useServer } from "../journal/writes";
import { Activation, type Created } from "./Activation";
import { tenantsKey } from "../data/tenants";
import { UnknownCreation, useUnknownCreations } from "./UnknownCreation";

export function CreateTenant({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const [busy, setBusy] = useState(false);
  return (
    <Modal
      opened={opened}
      // The dialog stays open while the request is pending.
      onClose={() => !busy && onClose()}
      title={t.create.title}
      closeButtonProps={{ "aria-label": t.close, disabled: busy }}
    >
      <Offline hint={t.offline.inForm} />
      <Boundary>
        <Steps onBusy={setBusy} onClose={onClose} />
      </Boundary>
    </Modal>
  );
}

const fields = ["fullName", "ownerName", "email", "password", "phone"];
const fieldOfCode = {
  email_registered: "email",
  email_invalid: "email",
  password_invalid: "password",
};

function Steps({ onBusy, onClose }: { onBusy: (busy: boolean) => void; onClose: () => void }) {
  const { t } = useLanguage();
  const client = useClient();
  const queryClient = useQueryClient();
  const server = useServer();
  const unknownCreations = useUnknownCreations();
  const isMounted = useIsMounted();
  const [created, setCreated] = useState<Created>();
  const form = useForm<Required<CreateTenantParams>>({
    initialValues: { email: "", password: "", fullName: "", ownerName: "", phone: "", isAutoActive: true },
    validate: schemaResolver(client.schemas.createTenant, { sync: true }),
  });

  const detailsOf = ({ email, fullName }: CreateTenantParams): CreationDetails => ({
    kind: "creation",
    server,
    email,
    name: fullName,
  });
  const create = useMutation({
    mutationFn: (params: CreateTenantParams) =>
      send(detailsOf(params), client, ({ tenants }) => tenants.create(params)),
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    onSuccess: ({ id }, { fullName, email, isAutoActive = false }) => {
      void queryClient.invalidateQueries({ queryKey: tenantsKey });
      if (isMounted()) setCreated({ id, name: fullName, activating: isAutoActive });
      else notify("success", { title: (t) => t.create.created(fullName), message: () => email, closeLabel: t.close });
    },
    onError: (error, { fullName, email }) => {
      if (error instanceof UnsettledError) return showFieldErrors(form, fields, { email: t.create.unsettled });
      if (isMounted()) return showFieldErrors(form, fields, fieldErrors(error, fields, fieldOfCode));
      if (error instanceof OutcomeUnknownError) {
        const message = () => `${fullName} · ${email}`;
        notify("unknown", { title: (t) => t.create.unknownTitle, message, closeLabel: t.close });
      } else {
        const message = (t: Texts) => errorMessage(error, t);
        notify("error", { title: (t) => t.create.failed(fullName), message, closeLabel: t.close });
      }
    },
  });

  const submit = form.onSubmit(
    (values) => {
      create.mutate(values);
    },
    (errors) => showFieldErrors(form, fields, errors),
  );

  if (created) return <Activation created={created} onClose={onClose} />;
  const isOutcomeUnknown = create.error instanceof OutcomeUnknownError;
  const unknown = isOutcomeUnknown && unknownCreations.find(({ email }) => email === create.variables?.email);
  if (unknown) {
    const back = () => {
      create.reset();
      void close(unknown);
    };
    return <UnknownCreation creation={unknown} onBack={back} onClose={onClose} />;
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
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
          type="email"
          autoComplete="off"
          required
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label={t.create.password}
          autoComplete="new-password"
          required
          visibilityToggleButtonProps={{ "aria-label": t.create.showPassword }}
          {...form.getInputProps("password")}
          // Unlike the other inputs, PasswordInput does not set this itself.
          aria-invalid={"password" in form.errors}
        />
        <TextInput label={t.create.phone} type="tel" autoComplete="off" required {...form.getInputProps("phone")} />
        <Switch
          label={t.create.autoActive}
          description={t.create.autoActiveHint}
          {...form.getInputProps("isAutoActive", { type: "checkbox" })}
        />
        {create.error &&
          !(create.error instanceof UnsettledError) &&
          !fieldErrors(create.error, fields, fieldOfCode) && <ErrorAlert error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={create.isPending}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t.create.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
