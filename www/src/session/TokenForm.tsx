import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { showFieldErrors } from "../errors/errors";
import { useLanguage } from "../language/language";
import { AccessToken } from "./accessToken";
import { checkConnection } from "./checkConnection";
import { defaultConnection } from "./connection";
import { useSession } from "./session";
import { TokenInput } from "./TokenInput";
import { signInErrors } from "./signInErrors";

/** Signs in to the real API. */
export function TokenForm() {
  const { t, language } = useLanguage();
  const { realUrl, signIn } = useSession();
  const [error, setError] = useState<Error>();
  const form = useForm({ initialValues: { baseUrl: realUrl, token: "" } });

  const submit = form.onSubmit(async (values) => {
    const [baseUrl, token] = [values.baseUrl.trim(), values.token.trim()];
    setError(undefined);
    try {
      const { email } = await checkConnection({ baseUrl, token, language });
      signIn({ kind: "real", baseUrl, token: new AccessToken(token), email });
    } catch (thrown) {
      const messages = signInErrors(thrown as Error);
      showFieldErrors(form, ["baseUrl", "token"], messages);
      setError(messages ? undefined : (thrown as Error));
    }
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t.signIn.baseUrl}
          type="url"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps("baseUrl")}
        />
        <TokenInput description={t.signIn.memoryOnly} {...form.getInputProps("token")} />
        <Alert role="note" color="red" icon={<Icon name="warning" />}>
          {t.signIn.realHint}
        </Alert>
        {error && <ErrorAlert title={t.signIn.failed} error={error} />}
        <Button
          type="submit"
          variant={defaultConnection.kind === "page" ? "default" : "filled"}
          loading={form.submitting}
        >
          {t.signIn.submit}
        </Button>
      </Stack>
    </form>
  );
}
