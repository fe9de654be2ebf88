import { useMemo } from "react";
import { useLanguage } from "../language/language";
import { timeZone } from "./timeZone";

export { timeZone };

const locales = { vi: "vi-VN", en: "en-GB" };
const day = { day: "2-digit", month: "2-digit", year: "numeric", timeZone } as const;

/** The largest time that `Date` can hold (ECMAScript, "Time Values and Time Range"); Intl throws for a larger one. */
const maxTime = 8.64e15;

type MaybeNumber = number | null | undefined;

/** Servers write 0 or a negative number for a missing date. */
export const isTime = (epochMs: MaybeNumber): epochMs is number =>
  typeof epochMs === "number" && epochMs > 0 && epochMs <= maxTime;

/** A date after the end of the calendar means "never". */
export const isNever = (epochMs: MaybeNumber) => typeof epochMs === "number" && epochMs > maxTime;

/** Formats numbers and dates for the selected language; missing and impossible values become a dash. */
export function useFormat() {
  const { language, t } = useLanguage();
  return useMemo(() => {
    const locale = locales[language];
    const numberFormat = new Intl.NumberFormat(locale);
    const dongFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const dateFormat = new Intl.DateTimeFormat(locale, day);
    const dateTimeFormat = new Intl.DateTimeFormat(locale, {
      ...day,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "short",
    });

    const number = (value: MaybeNumber) => (Number.isFinite(value) ? numberFormat.format(value as number) : t.none);
    const date = (epochMs: MaybeNumber) => (isTime(epochMs) ? dateFormat.format(epochMs) : t.none);
    return {
      number,
      date,
      /** The date on which something expires, or has expired. */
      expiry: (epochMs: MaybeNumber) => {
        if (isNever(epochMs)) return t.never;
        return isTime(epochMs) && epochMs < Date.now() ? t.expired(date(epochMs)) : date(epochMs);
      },
      dateTime: (epochMs: MaybeNumber) => (isTime(epochMs) ? dateTimeFormat.format(epochMs) : t.none),
      money: (amount: MaybeNumber, currency?: string | null) => {
        if (typeof amount !== "number" || !Number.isFinite(amount)) return t.none;
        const code = currency || "VND";
        // Intl throws unless the code has three letters, and the server may send any string.
        if (!/^[a-z]{3}$/i.test(code)) return `${number(amount)} ${code}`;
        // After the amount in both languages, as people in Vietnam write it; Intl writes it before the English one.
        if (/^vnd$/i.test(code)) return `${dongFormat.format(amount)}\u00a0₫`;
        // List prices have fractions of a cent, which are not rounded.
        const digits = { maximumFractionDigits: 6 };
        return new Intl.NumberFormat(locale, { style: "currency", currency: code, ...digits }).format(amount);
      },
    };
  }, [language, t]);
}

export type Format = ReturnType<typeof useFormat>;
