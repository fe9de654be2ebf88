import { Card, Container, Divider, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { ColorSchemeMenu } from "../layout/ColorSchemeMenu";
import { LanguageSwitch } from "../layout/LanguageSwitch";
import { Offline } from "../layout/Offline";
import { defaultConnection } from "./connection";
import { SandboxForm } from "./SandboxForm";
import { TokenForm } from "./TokenForm";

/** The first screen. */
export function SignIn() {
  const { t } = useLanguage();
  useDocumentTitle(`${t.signIn.title} – ${t.appName}`);
  return (
    <Container component="main" size={460} py={{ base: "md", sm: 48 }}>
      <Stack>
        <Group justify="flex-end" gap="xs">
          <LanguageSwitch />
          <ColorSchemeMenu />
        </Group>
        <Stack gap="xs" align="center" ta="center">
          <ThemeIcon size={48} radius="lg">
            <Icon name="phone" size={26} />
          </ThemeIcon>
          <Title order={1} size="h2">
            {t.signIn.heading}
          </Title>
          <Text c="dimmed" size="sm">
            {t.signIn.subtitle}
          </Text>
        </Stack>
        <Offline hint={t.signIn.offline} />
        <Card withBorder padding="lg">
          <Stack>
            {/* Users of the demo have no token. */}
            {defaultConnection.kind === "page" ? <SandboxForm /> : <TokenForm />}
            <Divider label={t.signIn.or} labelPosition="center" />
            {defaultConnection.kind === "page" ? <TokenForm /> : <SandboxForm />}
          </Stack>
        </Card>
      </Stack>
    </Container>
  );
}
