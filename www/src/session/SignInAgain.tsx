import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { showFieldErrors } from "../errors/errors";
import { useLanguage } from "../language/language";
import { Offline } from "../layout/Offline";
import type { AccessToken } from "./accessToken";
import { checkConnection } from "./checkConnection";
import type { Connection } from "./connection";
import { signInErrors } from "./signInErrors";
import { TokenInput } from "./TokenInput";

type RealConnection = Extract<Connection, { kind: "real" }>;

/** Asks for another token above the current screen, which stays as it is. */
export function SignInAgain({ connection }: { connection: RealConnection }) {
  const { t } = useLanguage();
  const { token } = connection;
  const state = useSyncExternalStore(token.subscribe, token.state);
  useEscape(token);
  return (
    <Modal
      opened={state === "asked"}
      onClose={() => token.decline()}
      title={t.signIn.expiredTitle}
      // Above the other dialogs.
      zIndex={500}
      closeOnEscape={false}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t.close }}
    >
      <Offline hint={t.signIn.offline} />
      <Form connection={connection} />
    </Modal>
  );
}

/** Reminds a user who has declined: until there is another token, every call fails. */
export function Expired({ token }: { token: AccessToken }) {
  const { t } = useLanguage();
  if (useSyncExternalStore(token.subscribe, token.state) !== "declined") return null;
  return (
    <Alert color="yellow" mb="md" icon={<Icon name="warning" />} title={t.signIn.expiredTitle}>
      <Stack gap="xs" align="flex-start">
        {t.signIn.declinedHint}
        <Button size="xs" variant="default" onClick={() => token.ask()}>
          {t.signIn.again}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Escape cancels this dialog only: the listener is older than those of the dialogs below, and keeps the key from them. */
function useEscape(token: AccessToken) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing || token.state() !== "asked") return;
      event.stopImmediatePropagation();
      token.decline();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [token]);
}

function Form({ connection: { baseUrl, token, email } }: { connection: RealConnection }) {
  const { t, language } = useLanguage();
  const [error, setError] = useState<Error>();
  const form = useForm({ initialValues: { token: "" } });

  const submit = form.onSubmit(async (values) => {
    const entered = values.token.trim();
    setError(undefined);
    try {
      const partner = await checkConnection({ baseUrl, token: entered, language });
      // The screens show the data of the partner who signed in.
      if (partner.email !== email) {
        return showFieldErrors(form, ["token"], { token: t.signIn.otherPartner(partner.email ?? t.none) });
      }
    } catch (thrown) {
      const messages = signInErrors(thrown as Error);
      showFieldErrors(form, ["token"], messages);
      return setError(messages ? undefined : (thrown as Error));
    }
    token.replace(entered);
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t.signIn.expiredHint}</Text>
        <TokenInput description={t.signIn.memoryOnly} data-autofocus {...form.getInputProps("token")} />
        {error && <ErrorAlert title={t.signIn.failed} error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => token.decline()}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t.signIn.continue}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
