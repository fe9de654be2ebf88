import { Alert } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";

/** Says that the browser is offline, for as long as it is, and what that means in this place. */
export function Offline({ hint }: { hint: string }) {
  const { t } = useLanguage();
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="yellow" mb="md" icon={<Icon name="warning" />} title={t.offline.title}>
      {hint}
    </Alert>
  );
}
