import { Button, CopyButton } from "@mantine/core";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";

export function CopyPassword({ password, size }: { password: string; size: "xs" | "sm" }) {
  const { t } = useLanguage();
  return (
    <CopyButton value={password}>
      {({ copied, copy }) => (
        <Button
          size={size}
          variant="default"
          leftSection={<Icon name={copied ? "check" : "copy"} size={14} />}
          onClick={copy}
          aria-live="polite"
        >
          {copied ? t.create.copied : t.create.copyPassword}
        </Button>
      )}
    </CopyButton>
  );
}
