import { ActionIcon, Code, CopyButton, Group, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";

/** A secret, such as the tenant's API key. It is not in the DOM until the user reveals it. */
export function Secret({ name, value }: { name: string; value: string }) {
  const { t } = useLanguage();
  const [shown, { toggle }] = useDisclosure(false);
  const label = shown ? t.detail.hide(name) : t.detail.reveal(name);
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code className="breakable" flex={1} py={7} fz="sm">
        {shown ? value : "•".repeat(16)}
      </Code>
      <Tooltip label={label}>
        <ActionIcon variant="default" size="lg" aria-label={label} aria-pressed={shown} onClick={toggle}>
          <Icon name={shown ? "eyeOff" : "eye"} />
        </ActionIcon>
      </Tooltip>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t.detail.copied : t.detail.copy(name)}>
            <ActionIcon variant="default" size="lg" aria-label={t.detail.copy(name)} onClick={copy}>
              <Icon name={copied ? "check" : "copy"} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
