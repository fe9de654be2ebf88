import { localStorageColorSchemeManager } from "@mantine/core";

export const colorSchemes = ["light", "dark", "auto"] as const;

export const colorSchemeIcons = { light: "sun", dark: "moon", auto: "screen" } as const;

export const colorSchemeManager = localStorageColorSchemeManager({ key: "omicall-portal-color-scheme" });
