import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { colorSchemeIcons, colorSchemes } from "./colorSchemes";

export function ColorSchemeMenu() {
  const { t } = useLanguage();
  const { colorScheme } = useMantineColorScheme();
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={t.header.colorScheme}>
          <ActionIcon variant="default" size="lg" aria-label={t.header.colorScheme}>
            <Icon name={colorSchemeIcons[colorScheme]} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <ColorSchemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}

export function ColorSchemeItems() {
  const { t } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return colorSchemes.map((scheme) => (
    <Menu.Item
      key={scheme}
      role="menuitemradio"
      aria-checked={scheme === colorScheme}
      leftSection={<Icon name={colorSchemeIcons[scheme]} size={16} />}
      rightSection={scheme === colorScheme && <Icon name="check" size={16} />}
      onClick={() => setColorScheme(scheme)}
    >
      {t.header.colorSchemes[scheme]}
    </Menu.Item>
  ));
}
