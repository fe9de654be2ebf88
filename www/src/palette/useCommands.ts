import { useMantineColorScheme } from "@mantine/core";
import { useLocation } from "wouter";
import { fold } from "../display/fold";
import type { IconName } from "../display/Icon";
import { useLanguage } from "../language/language";
import { colorSchemeIcons, colorSchemes } from "../layout/colorSchemes";
import { useDialogs } from "../layout/dialogs";
import { useScreens } from "../layout/navigation";
import { useSession } from "../session/session";

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon: IconName;
  run(): void;
}

/** What the palette can do besides opening tenants. */
export function useCommands(): Command[] {
  const { t, language, setLanguage } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const { open } = useDialogs();
  const { signOut } = useSession();
  const [, navigate] = useLocation();
  return [
    { id: "create", label: t.create.title, icon: "plus", run: () => open("createTenant") },
    ...useScreens().map(({ href, label }): Command => {
      return { id: href, label: t.palette.goTo(label), icon: "next", run: () => navigate(href) };
    }),
    {
      id: "language",
      label: t.palette.language,
      icon: "language",
      run: () => setLanguage(language === "vi" ? "en" : "vi"),
    },
    ...colorSchemes.map((scheme): Command => {
      const label = t.palette.colorScheme(t.header.colorSchemes[scheme]);
      return { id: scheme, label, icon: colorSchemeIcons[scheme], run: () => setColorScheme(scheme) };
    }),
    { id: "shortcuts", label: t.shortcuts.title, icon: "keyboard", run: () => open("shortcuts") },
    { id: "signOut", label: t.signIn.signOut, icon: "signOut", run: signOut },
  ];
}

/** Whether a text contains the words of a query, in any case, with or without Vietnamese diacritics. */
export function contains(text: string, query: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}
