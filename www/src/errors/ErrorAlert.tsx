import { Alert, Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { AuthenticationError, RateLimitError } from "omicall-partner";
import { useState } from "react";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { useSession } from "../session/session";
import { canRetry, errorDetails, errorMessage, nextStep } from "./errors";

interface Props {
  error: Error;
  title?: string;
  /** What the error means in this place; shown before the message. */
  explanation?: string;
  onRetry?: () => void;
}

/** What went wrong, what the user can do, and the details for support. */
export function ErrorAlert({ error, title, explanation, onRetry }: Props) {
  const { t } = useLanguage();
  const details = errorDetails(error);
  const step = nextStep(error, t);
  const waitMs = error instanceof RateLimitError ? (error.retryAfterMs ?? 0) : 0;
  return (
    <Alert color="red" variant="light" icon={<Icon name="warning" />} title={title ?? t.failed}>
      <Stack gap="xs" align="flex-start">
        {explanation && (
          <Text size="sm" fw={500}>
            {explanation}
          </Text>
        )}
        <Text size="sm" className="breakable">
          {errorMessage(error, t)}
        </Text>
        {step && <Text size="sm">{step}</Text>}
        {details && (
          <Text size="xs" c="dimmed" className="breakable">
            {details}
          </Text>
        )}
        <Group gap="xs">
          {/* Another error starts another wait. */}
          {onRetry && canRetry(error) && <Retry key={String(waitMs)} waitMs={waitMs} onRetry={onRetry} />}
          {error instanceof AuthenticationError && <SignInAction />}
          {step && details && <CopyDetails details={details} />}
        </Group>
      </Stack>
    </Alert>
  );
}

/** The button is disabled for as long as the server asks to wait. */
function Retry({ waitMs, onRetry }: { waitMs: number; onRetry: () => void }) {
  const { t } = useLanguage();
  const [end] = useState(() => Date.now() + waitMs);
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 1_000, { autoInvoke: waitMs > 0 });
  const seconds = Math.ceil((end - now) / 1_000);
  return (
    <>
      {seconds > 0 && (
        <Text size="sm" w="100%">
          {t.errors.wait(seconds)}
        </Text>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="refresh" size={14} />}
        disabled={seconds > 0}
        onClick={onRetry}
      >
        {t.retry}
      </Button>
    </>
  );
}

/** Where the server refused the token: another one, or with the sandbox another key. */
function SignInAction() {
  const { t } = useLanguage();
  const { connection, signOut } = useSession();
  // While signing in, the form below the error is the action.
  if (!connection) return null;
  const { kind } = connection;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon name="signOut" size={14} />}
      onClick={() => (kind === "real" ? connection.token.ask() : signOut())}
    >
      {kind === "real" ? t.signIn.again : t.signIn.signOut}
    </Button>
  );
}

function CopyDetails({ details }: { details: string }) {
  const { t } = useLanguage();
  return (
    <CopyButton value={details}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name={copied ? "check" : "copy"} size={14} />}
          onClick={copy}
        >
          {copied ? t.errors.copied : t.errors.copyDetails}
        </Button>
      )}
    </CopyButton>
  );
}
