import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useLanguage } from "../language/language";

export function Overview() {
  const { t } = useLanguage();
  useDocumentTitle(`${t.overview.title} – ${t.appName}`);
  return (
    <Title order={1} size="h2">
      {t.overview.title}
    </Title>
  );
}
