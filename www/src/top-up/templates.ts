import { useLocalStorage } from "@mantine/hooks";
import { timeZone } from "../display/format";
import { useLanguage } from "../language/language";
import { en, vi } from "./texts";

/** What the user must replace in a template, in any language: a template may have been saved in the other one. */
const placeholders = [vi.topUp.contract, en.topUp.contract];

/** The part of a description that the user must still replace. */
export const placeholderIn = (text: string) => placeholders.find((placeholder) => text.includes(placeholder));

/** The templates for the description of a top-up: the built-in ones, and those of the user, which this browser keeps. */
export function useTemplates() {
  const { t } = useLanguage();
  const [saved, setSaved] = useLocalStorage<string[]>({ key: "omicall-portal-descriptions", defaultValue: [] });
  const month = new Intl.DateTimeFormat("en-GB", { month: "2-digit", year: "numeric", timeZone }).format();
  return {
    builtIn: t.topUp.templates(month),
    saved,
    save: (text: string) => setSaved([...saved.filter((other) => other !== text), text]),
    remove: (text: string) => setSaved(saved.filter((other) => other !== text)),
  };
}
