import { type MantineBreakpoint, SegmentedControl } from "@mantine/core";
import type { Language } from "omicall-partner";
import { useLanguage } from "../language/language";

export const languages: { value: Language; label: string }[] = [
  { value: "vi", label: "VI" },
  { value: "en", label: "EN" },
];

export function LanguageSwitch({ visibleFrom }: { visibleFrom?: MantineBreakpoint }) {
  const { language, setLanguage, t } = useLanguage();
  return (
    <SegmentedControl
      {...(visibleFrom && { visibleFrom })}
      size="xs"
      aria-label={t.header.language}
      data={languages}
      value={language}
      onChange={setLanguage}
    />
  );
}
