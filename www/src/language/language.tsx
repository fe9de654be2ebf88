import { useLocalStorage } from "@mantine/hooks";
import type { Language } from "omicall-partner";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { texts, type Texts } from "./texts";

interface LanguageContextValue {
  readonly language: Language;
  readonly t: Texts;
  setLanguage(language: Language): void;
}

const LanguageContext = createContext<LanguageContextValue | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useLocalStorage<Language>({
    key: "omicall-portal-language",
    defaultValue: "vi",
    getInitialValueInEffect: false,
    sync: false,
    serialize: (language) => language,
    deserialize: (stored) => (stored === "en" ? "en" : "vi"),
  });

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const value = useMemo(() => ({ language, t: texts[language], setLanguage }), [language, setLanguage]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageContextValue {
  const value = useContext(LanguageContext);
  if (!value) throw new Error("useLanguage needs a LanguageProvider");
  return value;
}
