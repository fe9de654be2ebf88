import { ColorSwatch, getThemeColor, useMantineTheme } from "@mantine/core";

/** Shows which colour of the chart belongs to the text beside it. */
export function Swatch({ color }: { color: string }) {
  return <ColorSwatch size={10} color={getThemeColor(color, useMantineTheme())} withShadow={false} />;
}
