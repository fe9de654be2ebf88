import type { Language } from "omicall-partner";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { texts, type Texts } from "./i18n";

interface LanguageChoice {
  readonly language: Language;
  readonly t: Texts;
  setLanguage(language: Language): void;
}

const STORAGE_KEY = "omicall-portal-language";

// Storage may be forbidden to the page; the choice is then simply not remembered.
function remembered(): Language {
  try {
    return localStorage.getItem(STORAGE_KEY) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

function remember(language: Language) {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // see above
  }
}

const LanguageContext = createContext<LanguageChoice | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(remembered);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const choice = useMemo<LanguageChoice>(
    () => ({
      language,
      t: texts[language],
      setLanguage: (chosen) => {
        remember(chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (!choice) throw new Error("useLanguage needs a LanguageProvider");
  return choice;
}
