import { Alert, Button, Drawer, PasswordInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { connect } from "omicall-partner";
import { useState } from "react";
import { useLocation } from "wouter";
import { Boundary } from "../layout/Boundary";
import { ErrorAlert } from "../errors/ErrorAlert";
import { fieldErrors, showFieldErrors } from "../errors/errors";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import {
  clientOptions,
  type Connection,
  defaultConnection,
  defaultSandbox,
  isOnThisMachine,
  realBaseUrl,
  sandboxInPage,
} from "./connection";

interface Props {
  opened: boolean;
  onClose: () => void;
  connection: Connection;
  onChange: (connection: Connection) => void;
}

export function Settings({ opened, onClose, connection, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      title={t.settings.title}
      closeButtonProps={{ "aria-label": t.close }}
    >
      <Boundary>
        <SettingsForm onClose={onClose} connection={connection} onChange={onChange} />
      </Boundary>
    </Drawer>
  );
}

function SettingsForm({ onClose, connection, onChange }: Omit<Props, "opened">) {
  const { t, language } = useLanguage();
  const [, navigate] = useLocation();
  const [formError, setFormError] = useState<Error>();
  const form = useForm({
    initialValues: {
      kind: connection.kind,
      // The values of both environments are kept while the user switches between them.
      sandboxUrl: connection.kind === "sandbox" ? connection.baseUrl : defaultSandbox.baseUrl,
      apiKey: connection.kind === "sandbox" ? connection.apiKey : defaultSandbox.apiKey,
      realUrl: connection.kind === "real" ? connection.baseUrl : realBaseUrl,
      token: connection.kind === "real" ? connection.token : "",
    },
  });
  const { kind } = form.values;
  const urlField = kind === "sandbox" ? "sandboxUrl" : "realUrl";

  const apply = form.onSubmit(async ({ sandboxUrl, apiKey, realUrl, token }) => {
    const chosen: Connection = {
      page: defaultConnection,
      sandbox: { kind: "sandbox" as const, baseUrl: sandboxUrl.trim(), apiKey },
      real: { kind: "real" as const, baseUrl: realUrl.trim(), token },
    }[kind];
    setFormError(undefined);
    if (kind === "sandbox" && !isOnThisMachine(chosen.baseUrl)) {
      return showFieldErrors(form, ["sandboxUrl"], { sandboxUrl: t.settings.sandboxOnly });
    }
    try {
      // Validates the settings with the SDK; this sends no request.
      (await connect({ ...clientOptions(chosen, t), language })).close();
    } catch (error) {
      const messages = fieldErrors(error as Error, ["baseUrl", "token"]);
      if (messages) form.setErrors({ [urlField]: messages.baseUrl, token: messages.token });
      else setFormError(error as Error);
      return;
    }
    // Tenant ids and page numbers are not valid in another environment.
    navigate("/?");
    onChange(chosen);
    onClose();
    notifications.show({ color: "teal", icon: <Icon name="check" />, message: t.settings.saved });
  });

  return (
    <form onSubmit={apply} noValidate>
      <Stack>
        <SegmentedControl
          fullWidth
          // Three labels fit into a phone's width.
          styles={{ label: { paddingInline: 4 } }}
          aria-label={t.settings.environment}
          data={[
            ...(sandboxInPage ? [{ value: "page", label: t.environmentChoices.page }] : []),
            { value: "sandbox", label: t.environmentChoices.sandbox },
            { value: "real", label: t.environmentChoices.real },
          ]}
          {...form.getInputProps("kind")}
        />
        {kind === "real" ? (
          <Alert color="red" icon={<Icon name="warning" />}>
            {t.settings.realHint}
          </Alert>
        ) : (
          <Text size="sm" c="dimmed">
            {kind === "page" ? t.settings.pageHint : t.settings.sandboxHint}
          </Text>
        )}
        {kind === "page" && (
          <Button variant="default" onClick={() => void sandboxInPage?.reset().then(() => location.reload())}>
            {t.settings.restoreSamples}
          </Button>
        )}
        {kind !== "page" && (
          <TextInput
            label={t.settings.baseUrl}
            type="url"
            autoComplete="off"
            spellCheck={false}
            key={urlField}
            {...form.getInputProps(urlField)}
          />
        )}
        {kind === "sandbox" && (
          <TextInput
            label={t.settings.apiKey}
            autoComplete="off"
            spellCheck={false}
            key="apiKey"
            {...form.getInputProps("apiKey")}
          />
        )}
        {kind === "real" && (
          <PasswordInput
            label={t.settings.token}
            autoComplete="off"
            key="token"
            {...form.getInputProps("token")}
            // Unlike the other inputs, PasswordInput does not set this itself.
            aria-invalid={"token" in form.errors}
            visibilityToggleButtonProps={{ "aria-label": t.settings.showToken }}
          />
        )}
        {kind !== "page" && (
          <Text size="xs" c="dimmed">
            {t.settings.memoryOnly}
          </Text>
        )}
        {formError && <ErrorAlert error={formError} />}
        <Button type="submit">{t.settings.save}</Button>
      </Stack>
    </form>
  );
}
