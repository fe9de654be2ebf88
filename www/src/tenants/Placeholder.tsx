import { Paper, Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useLanguage } from "../language/language";

/** Shown while the first page is loading. */
export function Placeholder({ narrow }: { narrow: boolean }) {
  const { t } = useLanguage();
  return (
    <div role="status">
      <VisuallyHidden>{t.loading}</VisuallyHidden>
      <Stack aria-hidden="true" gap={narrow ? "sm" : 1}>
        {Array.from({ length: 8 }, (_, row) => (
          <Paper key={row} withBorder p="sm">
            <Skeleton h={narrow ? 90 : 18} />
          </Paper>
        ))}
      </Stack>
    </div>
  );
}
