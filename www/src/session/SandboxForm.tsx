import { Button, Collapse, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { fieldErrors, showFieldErrors } from "../errors/errors";
import { useLanguage } from "../language/language";
import { checkConnection } from "./checkConnection";
import { clientOptions, type Connection, defaultConnection, defaultSandbox, isOnThisMachine } from "./connection";
import { useSession } from "./session";

/** Signs in to the sandbox in one click; its address and API key can be changed, unless it runs in this page. */
export function SandboxForm() {
  const { t, language } = useLanguage();
  const { signIn } = useSession();
  const [advanced, { open, toggle }] = useDisclosure(false);
  const [error, setError] = useState<Error>();
  const { baseUrl, apiKey } = defaultSandbox;
  // The other form on the screen has a field of the same name.
  const form = useForm({ name: "sandbox", initialValues: { baseUrl, apiKey } });
  const inPage = defaultConnection.kind === "page";

  const submit = form.onSubmit(async ({ baseUrl, apiKey }) => {
    const connection: Connection = inPage ? defaultConnection : { kind: "sandbox", baseUrl: baseUrl.trim(), apiKey };
    setError(undefined);
    if (!inPage && !isOnThisMachine(connection.baseUrl)) return show({ baseUrl: t.signIn.sandboxOnly });
    try {
      const { email } = await checkConnection({ ...clientOptions(connection, t), language });
      signIn(connection.kind === "sandbox" ? { ...connection, email } : connection);
    } catch (thrown) {
      const messages = fieldErrors(thrown as Error, ["baseUrl"]);
      show(messages);
      setError(messages ? undefined : (thrown as Error));
    }
  });
  const show = (messages: Record<string, string> | undefined) => {
    // The fields must be visible before one of them can receive the focus.
    flushSync(open);
    showFieldErrors(form, ["baseUrl"], messages);
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Button type="submit" variant={inPage ? "filled" : "default"} loading={form.submitting}>
          {t.signIn.trySandbox}
        </Button>
        <Text size="sm" c="dimmed">
          {inPage ? t.signIn.pageHint : t.signIn.sandboxHint}
        </Text>
        {error && <ErrorAlert title={t.signIn.failed} error={error} />}
        {!inPage && (
          <>
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ alignSelf: "flex-start" }}
              leftSection={<Icon name="settings" size={14} />}
              aria-expanded={advanced}
              onClick={toggle}
            >
              {t.signIn.advanced}
            </Button>
            <Collapse expanded={advanced} transitionDuration={0}>
              <Stack gap="sm">
                <TextInput
                  label={t.signIn.sandboxUrl}
                  type="url"
                  autoComplete="off"
                  spellCheck={false}
                  {...form.getInputProps("baseUrl")}
                />
                <TextInput
                  label={t.signIn.apiKey}
                  autoComplete="off"
                  spellCheck={false}
                  {...form.getInputProps("apiKey")}
                />
              </Stack>
            </Collapse>
          </>
        )}
      </Stack>
    </form>
  );
}
