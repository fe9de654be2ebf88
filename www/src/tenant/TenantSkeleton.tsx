import { Grid, Skeleton, Stack } from "@mantine/core";
import { useLanguage } from "../language/language";

export function TenantSkeleton() {
  const { t } = useLanguage();
  return (
    <Stack role="status" aria-label={t.loading}>
      <Skeleton h={32} w="45%" />
      <Grid>
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
          <Skeleton h={180} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <Stack>
            <Skeleton h={240} />
            <Skeleton h={200} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
