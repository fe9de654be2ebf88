import { Combobox, Loader, Modal, Text, TextInput, useCombobox } from "@mantine/core";
import { useEffect, useState } from "react";
import { Icon } from "../display/Icon";
import { errorMessage } from "../errors/errors";
import { useLanguage } from "../language/language";
import { contains, useCommands } from "./useCommands";
import { useTenantCommands } from "./useTenantCommands";
import classes from "./Palette.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** Finds tenants and commands. */
export function Palette({ opened, onClose }: Props) {
  const { t } = useLanguage();
  return (
    // The focus does not return to where it was: most commands lead to another screen or dialog.
    <Modal.Root opened={opened} onClose={onClose} size={600} yOffset="10dvh">
      <Modal.Overlay />
      <Modal.Content aria-label={t.palette.title}>
        <Search onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  const query = text.trim();
  const commands = useCommands().filter(({ label }) => contains(label, query));
  const { open, topUp, isSearching, error } = useTenantCommands(query);
  const groups = [
    { label: t.palette.open, commands: open },
    { label: t.palette.commands, commands },
    { label: t.palette.topUp, commands: topUp },
  ].filter((group) => group.commands.length > 0);
  const all = groups.flatMap((group) => group.commands);

  const combobox = useCombobox({ opened: true, onDropdownClose: onClose });
  const ids = all.map(({ id }) => id).join();
  // The first result is selected again when the results change.
  useEffect(() => void combobox.selectFirstOption(), [ids]);

  const run = (id: string) => {
    // First, because a command may open another dialog.
    onClose();
    all.find((command) => command.id === id)?.run();
  };

  return (
    <Combobox store={combobox} onOptionSubmit={run}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          size="lg"
          data-autofocus
          aria-label={t.palette.placeholder}
          placeholder={t.palette.placeholder}
          leftSection={<Icon name="search" />}
          rightSection={isSearching && <Loader size="xs" />}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: classes.search ?? "" }}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options p="xs" mah="55dvh" className={classes.results ?? ""} aria-label={t.palette.title}>
        {groups.map(({ label, commands }) => (
          <Combobox.Group key={label} label={label}>
            {commands.map(({ id, label, hint, icon }) => (
              <Combobox.Option key={id} value={id} className={classes.option ?? ""}>
                <Icon name={icon} size={16} />
                <span className="breakable">
                  {label}
                  {hint && (
                    <Text span size="xs" ml="xs" className={classes.hint ?? ""}>
                      {hint}
                    </Text>
                  )}
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
      </Combobox.Options>
      <Text role="status" size="sm" c="dimmed" px="md" pb={all.length === 0 || error || isSearching ? "sm" : 0}>
        {error ? errorMessage(error, t) : isSearching ? t.palette.searching : all.length === 0 && t.palette.nothing}
      </Text>
    </Combobox>
  );
}
