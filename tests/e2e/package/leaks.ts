// Searches values for secrets that must not leak.
import { expect } from "vitest";

/** Everything that a log could show of a value: own properties of every kind, recursively. */
export function everything(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value === "function") return "";
  if (typeof value !== "object" || value === null) return String(value);
  if (seen.has(value)) return "";
  seen.add(value);
  const own = Reflect.ownKeys(value).map((key) => {
    const { value: inner, get } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    return `${String(key)}: ${everything(get ? get.call(value) : inner, seen)}`;
  });
  return [value instanceof Error ? `${String(value)} ${value.stack}` : "", ...own].join("\n");
}

/** Expects that the text contains none of the secrets, ignoring case. */
export function expectNoSecrets(text: string, secrets: Record<string, string>) {
  expect(text).not.toBe("");
  for (const [name, secret] of Object.entries(secrets)) {
    expect(text.toLowerCase().includes(secret.toLowerCase()), `contains the ${name}: ${text}`).toBe(false);
  }
}

export const CONSOLE_METHODS = ["debug", "log", "info", "warn", "error", "trace", "dir"] as const;
