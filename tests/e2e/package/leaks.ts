// Looking for secrets where they must not be.
import { expect } from "vitest";

/** Everything that a log could show of a value: own properties of every kind, as deep as they go. */
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

/** No secret is in the text, in whatever case. */
export function expectClean(text: string, secrets: Record<string, string>) {
  expect(text).not.toBe("");
  for (const [name, secret] of Object.entries(secrets)) {
    expect(text.toLowerCase().includes(secret.toLowerCase()), `holds the ${name}: ${text}`).toBe(false);
  }
}

export const CONSOLE_METHODS = ["debug", "log", "info", "warn", "error", "trace", "dir"] as const;
