import { Group, Kbd, Modal, Stack, Switch, Table, Text } from "@mantine/core";
import { type HotkeyItem, useHotkeys, useLocalStorage } from "@mantine/hooks";
import { Fragment, useRef } from "react";
import { useLocation } from "wouter";
import { useLanguage } from "../language/language";
import { useDialogs } from "./dialogs";
import { useScreens } from "./navigation";

/** How long the second key of a sequence may take. */
const sequenceMs = 1_500;

/** Single keys can be switched off, because speech input and some keyboards press them by mistake (WCAG 2.1.4). */
const useSingleKeys = () =>
  useLocalStorage({ key: "omicall-portal-single-keys", defaultValue: true, getInitialValueInEffect: false });

/** Handles the shortcuts. They do nothing while a dialog is open: it may have a form with unsent input. */
export function useShortcuts() {
  const { open } = useDialogs();
  const [, navigate] = useLocation();
  const screens = useScreens();
  const [singleKeys] = useSingleKeys();
  const prefixAt = useRef(-Infinity);

  const isFree = (event: KeyboardEvent) => !event.isComposing && !document.querySelector("[aria-modal=true]");
  useHotkeys([["mod+K", (event) => isFree(event) && open("palette")]], []);

  // Inputs are ignored, so input methods for Vietnamese are too.
  const single = (key: string, action: () => void): HotkeyItem => {
    const handler = (event: KeyboardEvent) => {
      if (!singleKeys || !isFree(event)) return;
      event.preventDefault();
      action();
    };
    return [key, handler, { preventDefault: false }];
  };
  const isAfterPrefix = () => performance.now() - prefixAt.current < sequenceMs;
  useHotkeys([
    single("/", () => focusSearch() || open("palette")),
    single("n", () => open("createTenant")),
    // Whether Shift is pressed for it depends on the keyboard.
    ...["?", "shift+?"].map((key) => single(key, () => open("shortcuts"))),
    single("g", () => {
      prefixAt.current = performance.now();
    }),
    ...screens.map(({ key, href }) => single(key, () => isAfterPrefix() && navigate(href))),
  ]);
}

/** Focuses the search field of the screen; false if it has none. */
function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>("main input[type=search]");
  search?.focus();
  return search !== null;
}

export function ShortcutList() {
  const { t } = useLanguage();
  const { opened, close } = useDialogs();
  const screens = useScreens();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const shortcuts: { keys: string[][]; label: string }[] = [
    { keys: [[isMac ? "⌘" : "Ctrl", "K"]], label: t.shortcuts.palette },
    { keys: [["/"]], label: t.shortcuts.search },
    { keys: [["N"]], label: t.shortcuts.create },
    ...screens.map(({ key, label }) => ({ keys: [["G"], [key.toUpperCase()]], label: t.shortcuts.goTo(label) })),
    { keys: [["?"]], label: t.shortcuts.list },
  ];
  return (
    <Modal
      opened={opened === "shortcuts"}
      onClose={close}
      title={t.shortcuts.title}
      closeButtonProps={{ "aria-label": t.close }}
    >
      <Stack>
        <Table>
          <Table.Tbody>
            {shortcuts.map(({ keys, label }) => (
              <Table.Tr key={label}>
                <Table.Td>{label}</Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap" justify="flex-end">
                    {keys.map((combination, index) => (
                      <Fragment key={combination.join()}>
                        {index > 0 && (
                          <Text span size="xs" c="dimmed">
                            {t.shortcuts.then}
                          </Text>
                        )}
                        {combination.map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </Fragment>
                    ))}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          label={t.shortcuts.enabled}
          description={t.shortcuts.enabledHint}
          checked={singleKeys}
          onChange={({ currentTarget: { checked } }) => setSingleKeys(checked)}
        />
      </Stack>
    </Modal>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
