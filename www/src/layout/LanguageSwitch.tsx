import { type MantineBreakpoint, SegmentedControl } from "@mantine/core";
import type { Language } from "omicall-partner";
import { useLanguage } from "../language/language";

export const languages: { value: Language; label: string; name: string }[] = [
  { value: "vi", label: "VI", name: "Tiếng Việt" },
  { value: "en", label: "EN", name: "English" },
];

export function LanguageSwitch({ visibleFrom }: { visibleFrom?: MantineBreakpoint }) {
  const { language, setLanguage, t } = useLanguage();
  return (
    <SegmentedControl
      {...(visibleFrom && { visibleFrom })}
      size="xs"
      aria-label={t.header.language}
      data={languages.map(({ value, label }) => ({ value, label }))}
      value={language}
      onChange={setLanguage}
    />
  );
}
