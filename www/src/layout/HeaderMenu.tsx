import { Burger, Menu } from "@mantine/core";
import { Link } from "wouter";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { type Connection, sandboxInPage, serverOf } from "../session/connection";
import { useSession } from "../session/session";
import { ColorSchemeItems } from "./ColorSchemeMenu";
import { useDialogs } from "./dialogs";
import { languages } from "./LanguageSwitch";
import { useScreens } from "./navigation";
import { UnknownCount } from "./UnknownCount";

/** Everything that has no room in the header itself. */
export function HeaderMenu({ connection }: { connection: Connection }) {
  const { t, language, setLanguage } = useLanguage();
  const { open } = useDialogs();
  const { signOut } = useSession();
  return (
    <Menu withinPortal={false} width={260} position="bottom-end">
      <Menu.Target>
        <Burger size="sm" aria-label={t.header.menu} />
      </Menu.Target>
      <Menu.Dropdown>
        {useScreens().map(({ path, href, label, current }) => (
          <Menu.Item
            key={href}
            hiddenFrom="lg"
            component={Link}
            href={href}
            fw={current ? 650 : 400}
            aria-current={current ? "page" : undefined}
          >
            {label}
            {path === "/history" && <UnknownCount />}
          </Menu.Item>
        ))}
        <Menu.Divider hiddenFrom="lg" />
        <Menu.Label hiddenFrom="xs">{t.header.language}</Menu.Label>
        {languages.map(({ value, name }) => (
          <Menu.RadioItem
            key={value}
            hiddenFrom="xs"
            value={value}
            checked={value === language}
            onChange={() => setLanguage(value)}
          >
            {name}
          </Menu.RadioItem>
        ))}
        <Menu.Label>{t.header.colorScheme}</Menu.Label>
        <ColorSchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keyboard" size={16} />} onClick={() => open("shortcuts")}>
          {t.shortcuts.title}
        </Menu.Item>
        {connection.kind === "page" && (
          <Menu.Item
            leftSection={<Icon name="refresh" size={16} />}
            onClick={() => void sandboxInPage?.reset().then(() => location.reload())}
          >
            {t.header.restoreSamples}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label className="breakable">{serverOf(connection)}</Menu.Label>
        <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={signOut}>
          {t.signIn.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
