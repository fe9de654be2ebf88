import {
  Alert,
  createTheme,
  type MantineColorScheme,
  type MantineColorSchemeManager,
  Notification,
} from "@mantine/core";

const fontFamily = '"Inter", "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

export const theme = createTheme({
  primaryColor: "indigo",
  // The shade on which white text is readable (WCAG AA), in both colour schemes.
  primaryShade: 7,
  defaultRadius: "md",
  fontFamily,
  headings: { fontFamily, fontWeight: "650" },
  cursorType: "pointer",
  components: {
    // Calmer than Mantine's own, above all in the dark.
    Alert: Alert.extend({
      defaultProps: { variant: "light" },
      vars: (_, { color = "indigo" }) => ({
        root: {
          "--alert-bg": `light-dark(var(--mantine-color-${color}-0), color-mix(in srgb, var(--mantine-color-${color}-9) 14%, var(--mantine-color-dark-7)))`,
          "--alert-bd": `1px solid light-dark(var(--mantine-color-${color}-3), color-mix(in srgb, var(--mantine-color-${color}-9) 60%, var(--mantine-color-dark-7)))`,
          "--alert-color": `light-dark(color-mix(in srgb, var(--mantine-color-${color}-9) 75%, black), var(--mantine-color-${color}-3))`,
        },
      }),
    }),
    // What is told of money has to be read, above all in the dark.
    Notification: Notification.extend({
      defaultProps: { withBorder: true },
      styles: { description: { color: "var(--mantine-color-text)", whiteSpace: "pre-line" } },
    }),
    Modal: { styles: { title: { fontWeight: 650 } } },
    Drawer: { styles: { title: { fontWeight: 650 } } },
  },
});

/** Mantine's own manager writes to localStorage; of this portal's choices only the language is remembered. */
export function memoryColorScheme(): MantineColorSchemeManager {
  let chosen: MantineColorScheme | undefined;
  return {
    get: (initial) => chosen ?? initial,
    set: (value) => {
      chosen = value;
    },
    subscribe: () => {},
    unsubscribe: () => {},
    clear: () => {
      chosen = undefined;
    },
  };
}
