import { useMemo } from "react";
import { useLanguage } from "./language";

const locales = { vi: "vi-VN", en: "en-GB" };
const day = { day: "2-digit", month: "2-digit", year: "numeric" } as const;

/** Formats numbers and dates for the selected language; missing values become a dash. */
export function useFormat() {
  const { language, t } = useLanguage();
  return useMemo(() => {
    const locale = locales[language];
    const number = new Intl.NumberFormat(locale);
    const date = new Intl.DateTimeFormat(locale, day);
    const dateTime = new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit", second: "2-digit" });

    return {
      number: (value: number | null | undefined) => (value == null ? t.none : number.format(value)),
      date: (epochMs: number | null | undefined) => (epochMs == null ? t.none : date.format(epochMs)),
      dateTime: (epochMs: number) => dateTime.format(epochMs),
      money: (amount: number | null | undefined, currency?: string | null) => {
        if (amount == null) return t.none;
        const code = currency || "VND";
        // Intl throws unless the code has three letters, and the server may send any string.
        if (!/^[a-z]{3}$/i.test(code)) return `${number.format(amount)} ${code}`;
        return new Intl.NumberFormat(locale, { style: "currency", currency: code }).format(amount);
      },
    };
  }, [language, t]);
}

export type Format = ReturnType<typeof useFormat>;
