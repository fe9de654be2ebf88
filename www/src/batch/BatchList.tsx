import { Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { BatchProgress, BatchStatus } from "./BatchProgress";
import { batchPath } from "./batchPath";
import { useBatches, useCounts } from "./journal";
import type { Batch } from "./model";

/** The batches of this browser. */
export function BatchList() {
  const { t } = useLanguage();
  const batches = useBatches();
  if (!batches || batches.length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t.batch.list}
      </Title>
      {batches.map((batch) => (
        <BatchItem key={batch.id} batch={batch} />
      ))}
      <Text size="xs" c="dimmed">
        {t.batch.kept}
      </Text>
    </Stack>
  );
}

function BatchItem({ batch }: { batch: Batch }) {
  const format = useFormat();
  const counts = useCounts(batch.id);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Anchor component={Link} href={batchPath(batch.id)} fw={600} className="breakable">
            {batch.name}
          </Anchor>
          {counts && <BatchStatus batch={batch} counts={counts} />}
        </Group>
        <Text size="xs" c="dimmed">
          {format.dateTime(batch.createdAt)}
        </Text>
        {counts && <BatchProgress batch={batch} counts={counts} />}
      </Stack>
    </Paper>
  );
}
