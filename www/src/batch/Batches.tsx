import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useLanguage } from "../language/language";

/** The batches, or one of them. */
export function Batches({ id }: { id: string | undefined }) {
  const { t } = useLanguage();
  useDocumentTitle(`${t.batch.title} – ${t.appName}`);
  return (
    <Title order={1} size="h2">
      {t.batch.title} {id}
    </Title>
  );
}
