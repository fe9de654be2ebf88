import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { colorSchemeIcons, colorSchemes } from "./colorSchemes";

export function ColorSchemeMenu() {
  const { t } = useLanguage();
  const { colorScheme } = useMantineColorScheme();
  return (
    <Menu withinPortal={false}>
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
    <Menu.RadioItem
      key={scheme}
      value={scheme}
      checked={scheme === colorScheme}
      onChange={() => setColorScheme(scheme)}
      rightSection={<Icon name={colorSchemeIcons[scheme]} size={16} />}
    >
      {t.header.colorSchemes[scheme]}
    </Menu.RadioItem>
  ));
}
