import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";

export function SearchBox({ keyword, onSearch }: { keyword: string; onSearch: (keyword: string) => void }) {
  const { t } = useLanguage();
  const [text, setText] = useState(keyword);
  const search = useDebouncedCallback((typed: string) => onSearch(typed.trim()), 300);

  // The URL can change without typing: with the browser's back button, or the link in the header.
  useEffect(() => setText((typed) => (typed.trim() === keyword ? typed : keyword)), [keyword]);

  return (
    <TextInput
      type="search"
      flex="1 1 10rem"
      maw={{ sm: 420 }}
      aria-label={t.list.search}
      placeholder={t.list.search}
      leftSection={<Icon name="search" />}
      rightSection={
        text && (
          <CloseButton
            aria-label={t.list.clearSearch}
            onClick={() => {
              search.cancel();
              setText("");
              onSearch("");
            }}
          />
        )
      }
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        search(value);
      }}
    />
  );
}
