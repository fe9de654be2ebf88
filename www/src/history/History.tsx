import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useLanguage } from "../language/language";

export function History() {
  const { t } = useLanguage();
  useDocumentTitle(`${t.history.title} – ${t.appName}`);
  return (
    <Title order={1} size="h2">
      {t.history.title}
    </Title>
  );
}
