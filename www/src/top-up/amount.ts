import { toCardinal as toEnglish } from "n2words/en-US";
import { toCurrency as toVietnamese } from "n2words/vi-VN";
import type { Language } from "omicall-partner";
import type { Texts } from "../language/texts";

/**
 * Reads an amount as it was typed or pasted; `undefined` if it is not one. The text is not corrected: without the separator
 * of `500000.00`, the amount would be 100 times as large. So a thousands separator must be followed by three digits, and the
 * rest of the text must be a number too. Cents and a minus sign are read, so that the SDK refuses them.
 */
export function parseAmount(text: string, { topUp: { thousands, decimals } }: Texts): number | undefined {
  const number = new RegExp(
    `^(-?(?:\\d+|\\d{1,3}(?:[${thousands}]\\d{3})+))(?:[${decimals}](\\d+))?\\s*(?:₫|đ|vnd)?$`,
    "i",
  );
  const [, integer, fraction = "0"] = number.exec(text.trim()) ?? [];
  // Three digits or more are the other language's thousands, or what a number cannot hold.
  if (integer === undefined || fraction.length > 2) return undefined;
  return Number(`${integer.replaceAll(thousands, "")}.${fraction}`);
}

/** Inserts thousands separators into digits. */
const group = (digits: string, thousands: string) => digits.replace(/\B(?=(\d{3})+$)/g, thousands);

/**
 * The text of the field after an edit, with thousands separators. Only the separators of a text that has had the right ones
 * before may be moved, and only by typing a digit or by deleting. Any other text must be an amount already: it may be
 * pasted, and stays as it is if it is not an amount.
 */
export function groupAmount(before: string, text: string, isTyped: boolean, t: Texts): string {
  const { thousands } = t.topUp;
  const digits = text.replaceAll(thousands, "");
  if (!/^\d+$/.test(digits)) return text;
  const wasGrouped = before === group(before.replaceAll(thousands, ""), thousands);
  return (isTyped && wasGrouped) || parseAmount(text, t) !== undefined ? group(digits, thousands) : text;
}

/** The position in a grouped amount with this many digits before it: before a separator, or after it. */
export function caretAfter(digits: number, text: string, beforeSeparator: boolean): number {
  const pattern = new RegExp(`^(?:\\D*\\d){${digits}}${beforeSeparator ? "" : "\\D*"}`);
  return pattern.exec(text)?.[0].length ?? text.length;
}

/** The amount in words, as on a Vietnamese payment order; `undefined` if it is not a whole number. */
export function amountInWords(amount: number | undefined, language: Language): string | undefined {
  if (amount === undefined || !Number.isSafeInteger(amount) || amount < 0) return undefined;
  const words = language === "vi" ? toVietnamese(amount) : `${toEnglish(amount)} dong`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
