import { Alert } from "@mantine/core";
import { useLiveQuery } from "dexie-react-hooks";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { journal } from "./database";

/** Whether the journal cannot be read, for example because the browser blocks it. */
export const useIsUnreadable = (): boolean =>
  useLiveQuery(() =>
    journal.open().then(
      () => false,
      () => true,
    ),
  ) ?? false;

/** Says that the journal cannot be read. */
export function Unreadable() {
  const { t } = useLanguage();
  return (
    <Alert color="red" icon={<Icon name="warning" />} title={t.journal.unreadable}>
      {t.journal.unreadableHint}
    </Alert>
  );
}
