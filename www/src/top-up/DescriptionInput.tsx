import { Button, Menu, Stack, Textarea, type TextareaProps } from "@mantine/core";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { CharacterCount } from "../payment/CharacterCount";
import { placeholderIn, useTemplates } from "./templates";

/** The server's minimum; only for the counter below the field, since the SDK validates the description. */
const minLength = 50;

interface Props extends Omit<TextareaProps, "value" | "onChange"> {
  value?: string;
  onChange: (text: string) => void;
}

/** What a top-up is for, with a counter and templates. */
export function DescriptionInput({ value = "", onChange, ...props }: Props) {
  const { t } = useLanguage();
  const field = useRef<HTMLTextAreaElement>(null);

  const insert = (text: string) => {
    flushSync(() => onChange(text));
    const placeholder = placeholderIn(text);
    const start = placeholder === undefined ? text.length : text.indexOf(placeholder);
    field.current?.focus();
    field.current?.setSelectionRange(start, start + (placeholder?.length ?? 0));
  };

  return (
    <Stack gap="xs" align="flex-start">
      <Textarea
        {...props}
        ref={field}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        label={t.topUp.description}
        description={<CharacterCount text={value} min={minLength} />}
        inputWrapperOrder={["label", "input", "error", "description"]}
        autosize
        minRows={3}
        required
        w="100%"
      />
      <Templates value={value} onSelect={insert} />
    </Stack>
  );
}

/** A menu of templates. The text of the field can be saved as one; a saved one that is in the field can be removed. */
function Templates({ value, onSelect }: { value: string; onSelect: (text: string) => void }) {
  const { t } = useLanguage();
  const { builtIn, saved, save, remove } = useTemplates();
  const text = value.trim();
  const items = (templates: readonly string[]) =>
    templates.map((template) => (
      <Menu.Item key={template} onClick={() => onSelect(template)}>
        {template}
      </Menu.Item>
    ));
  return (
    // The field receives the focus.
    <Menu width={300} position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Icon name="template" size={14} />}>
          {t.topUp.templatesTitle}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items(builtIn)}
        {saved.length > 0 && <Menu.Label>{t.topUp.savedTemplates}</Menu.Label>}
        {items(saved)}
        <Menu.Divider />
        {saved.includes(text) ? (
          <Menu.Item color="red" onClick={() => remove(text)}>
            {t.topUp.removeTemplate}
          </Menu.Item>
        ) : (
          <Menu.Item disabled={text === "" || builtIn.includes(text)} onClick={() => save(text)}>
            {t.topUp.saveTemplate}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
