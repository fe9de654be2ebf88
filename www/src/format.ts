import { useMemo } from "react";
import { useLanguage } from "./language";

const locales = { vi: "vi-VN", en: "en-GB" };
// The provider's and the resellers' zone, so that a contract ends on the same day on every computer.
const day = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" } as const;
const second = { ...day, hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" } as const;

/** Formats numbers and dates for the selected language; missing values, and dates that no calendar has, become a dash. */
export function useFormat() {
  const { language, t } = useLanguage();
  return useMemo(() => {
    const locale = locales[language];
    const number = new Intl.NumberFormat(locale);
    /** `Intl` throws for a date that is out of its range, and the server may send any number, for example for "never". */
    const dateFormat = (options: Intl.DateTimeFormatOptions) => {
      const format = new Intl.DateTimeFormat(locale, options);
      return (epochMs: number | null | undefined) => {
        const date = new Date(epochMs ?? NaN);
        return Number.isNaN(date.getTime()) ? t.none : format.format(date);
      };
    };

    return {
      number: (value: number | null | undefined) => (value == null ? t.none : number.format(value)),
      date: dateFormat(day),
      dateTime: dateFormat(second),
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
