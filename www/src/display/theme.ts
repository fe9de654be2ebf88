import { Alert, createTheme, Drawer, Modal, Notification } from "@mantine/core";

const fontFamily = '"Inter", "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

const dialogStyles = { title: { fontWeight: 650 } };
/** The header of a dialog is no banner of the page. */
const dialogAttributes = { header: { role: "presentation" } };

export const theme = createTheme({
  primaryColor: "indigo",
  // White text has sufficient contrast (WCAG AA) on this shade, in both colour schemes.
  primaryShade: 7,
  defaultRadius: "md",
  fontFamily,
  headings: { fontFamily, fontWeight: "650" },
  cursorType: "pointer",
  components: {
    // Less saturated than Mantine's defaults, especially in the dark scheme.
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
    // Notifications about money must be readable, especially in the dark scheme.
    Notification: Notification.extend({
      defaultProps: { withBorder: true },
      styles: {
        root: { overflowY: "auto" },
        description: { color: "var(--mantine-color-text)", whiteSpace: "pre-line" },
      },
    }),
    Modal: Modal.extend({ styles: dialogStyles, defaultProps: { attributes: dialogAttributes } }),
    Drawer: Drawer.extend({ styles: dialogStyles, defaultProps: { attributes: dialogAttributes } }),
  },
});
