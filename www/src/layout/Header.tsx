import { ActionIcon, Anchor, Badge, Container, Group, Text, ThemeIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { Link } from "wouter";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import type { Connection } from "../session/connection";
import { useDialogs } from "./dialogs";
import classes from "./Header.module.css";
import { HeaderMenu } from "./HeaderMenu";
import { LanguageSwitch } from "./LanguageSwitch";
import { useScreens } from "./navigation";
import { UnknownCount } from "./UnknownCount";

export function Header({ connection }: { connection: Connection }) {
  const { t } = useLanguage();
  const { open } = useDialogs();
  const environment = t.environments[connection.kind];
  return (
    <header className={classes.header}>
      <Container size="xl" w="100%" h="100%">
        <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
          <UnstyledButton component={Link} href="/?">
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
            <Tooltip label={t.header.search}>
              <ActionIcon variant="default" size="lg" aria-label={t.header.search} onClick={() => open("palette")}>
                <Icon name="search" />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t.create.title}>
              <ActionIcon size="lg" aria-label={t.create.title} onClick={() => open("createTenant")}>
                <Icon name="plus" />
              </ActionIcon>
            </Tooltip>
            <LanguageSwitch visibleFrom="xs" />
            <HeaderMenu connection={connection} />
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

/** Links to the screens; a narrow screen has them in the menu. */
function Navigation() {
  const { t } = useLanguage();
  return (
    <Group component="nav" gap="lg" wrap="nowrap" visibleFrom="lg" aria-label={t.header.screens}>
      {useScreens().map(({ path, href, label, current }) => (
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
          {path === "/history" && <UnknownCount />}
        </Anchor>
      ))}
    </Group>
  );
}
