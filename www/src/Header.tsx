import {
  ActionIcon,
  Badge,
  Container,
  Group,
  SegmentedControl,
  Text,
  ThemeIcon,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import type { Language } from "omicall-partner";
import { Link } from "wouter";
import classes from "./Header.module.css";
import { Icon } from "./Icon";
import { useLanguage } from "./language";
import type { Connection } from "./settings/connection";
import { useOpenSettings } from "./settings/openSettings";

const languages: { value: Language; label: string }[] = [
  { value: "vi", label: "VI" },
  { value: "en", label: "EN" },
];

export function Header({ connection }: { connection: Connection }) {
  const { t } = useLanguage();
  const openSettings = useOpenSettings();
  const environment = t.environments[connection.kind];
  return (
    <header className={classes.header}>
      <Container size="xl" w="100%" h="100%">
        <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
          <UnstyledButton component={Link} href="/">
            <Group gap="xs" wrap="nowrap">
              <ThemeIcon size={34} radius="md">
                <Icon name="phone" />
              </ThemeIcon>
              <div>
                <Text fw={700} lh={1.15} className={classes.name}>
                  {t.appName}
                </Text>
                <Text size="xs" c="dimmed" lh={1.2} visibleFrom="xs">
                  {t.appTagline}
                </Text>
              </div>
            </Group>
          </UnstyledButton>
          <Group gap="xs" wrap="nowrap">
            <Badge
              visibleFrom="xs"
              variant="light"
              color={connection.kind === "real" ? "red" : "teal"}
              role="status"
              aria-label={t.header.environment(environment)}
            >
              {environment}
            </Badge>
            <LanguageSwitch />
            <ColorSchemeToggle />
            <Tooltip label={t.header.settings}>
              <ActionIcon variant="default" size="lg" aria-label={t.header.settings} onClick={openSettings}>
                <Icon name="settings" />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
      </Container>
      {/* A narrow screen has no room for the badge, but users must always see whether the money is real. */}
      <div className={classes.strip} data-real={connection.kind === "real" || undefined}>
        {t.header.environment(environment)}
      </div>
    </header>
  );
}

function LanguageSwitch() {
  const { language, setLanguage, t } = useLanguage();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t.header.language}
      data={languages}
      value={language}
      onChange={setLanguage}
    />
  );
}

function ColorSchemeToggle() {
  const { t } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const label = dark ? t.header.toLight : t.header.toDark;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
      >
        <Icon name={dark ? "sun" : "moon"} />
      </ActionIcon>
    </Tooltip>
  );
}
