import {
  ActionIcon,
  Anchor,
  Badge,
  Burger,
  Container,
  Group,
  Menu,
  SegmentedControl,
  Text,
  ThemeIcon,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import type { Language } from "omicall-partner";
import { Link, useLocation } from "wouter";
import classes from "./Header.module.css";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import type { Connection } from "../session/connection";
import { useOpenSettings } from "../session/openSettings";

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
          <Navigation />
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

function useScreens() {
  const { t } = useLanguage();
  const [location] = useLocation();
  return [
    { href: "/", label: t.overview.title },
    { href: "/tenants", label: t.list.title },
    { href: "/batches", label: t.batch.title },
    { href: "/history", label: t.history.title },
  ].map((screen) => ({ ...screen, current: screen.href === `/${location.split("/")[1]}` }));
}

/** Links to the screens; in a menu, where the screen is too narrow. */
function Navigation() {
  const { t } = useLanguage();
  const screens = useScreens();
  return (
    <>
      <Group component="nav" gap="lg" wrap="nowrap" visibleFrom="md" aria-label={t.header.screens}>
        {screens.map(({ href, label, current }) => (
          <Anchor
            key={href}
            component={Link}
            href={href}
            size="sm"
            fw={current ? 650 : 500}
            {...(!current && { c: "dimmed" })}
            aria-current={current ? "page" : undefined}
            className={classes.name}
          >
            {label}
          </Anchor>
        ))}
      </Group>
      <Menu>
        <Menu.Target>
          <Burger hiddenFrom="md" size="sm" aria-label={t.header.openMenu} />
        </Menu.Target>
        <Menu.Dropdown>
          {screens.map(({ href, label, current }) => (
            <Menu.Item key={href} component={Link} href={href} aria-current={current ? "page" : undefined}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
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
