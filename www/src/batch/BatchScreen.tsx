import { Alert, Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { PartnerError } from "omicall-partner";
import { useEffect } from "react";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { Unreadable, useIsUnreadable } from "../journal/Unreadable";
import { useLanguage } from "../language/language";
import { BatchProgress, BatchStatus, useStatus } from "./BatchProgress";
import { pauseBatch, resumeBatch, retryRefused, useBatch, useCounts } from "./journal";
import type { Batch, Counts } from "./model";
import { RemoveBatch } from "./RemoveBatch";
import { ResultFile } from "./ResultFile";
import { RowTable } from "./RowTable";
import { recoverRows, useContinuedRun, useRunBatch, useRunner } from "./runs";

/** One batch: its progress and its rows. */
export function BatchScreen({ id }: { id: string }) {
  const { t } = useLanguage();
  const batch = useBatch(id);
  const counts = useCounts(id);
  const isUnreadable = useIsUnreadable();
  return (
    <Stack>
      <Anchor component={Link} href="/batches" size="sm">
        <Group gap={6} component="span">
          <Icon name="back" size={16} />
          {t.batch.toBatches}
        </Group>
      </Anchor>
      {isUnreadable ? (
        <Unreadable />
      ) : batch === null ? (
        <Alert color="yellow" title={t.batch.notFound}>
          {t.batch.notFoundHint}
        </Alert>
      ) : (
        batch && counts && <Content batch={batch} counts={counts} />
      )}
    </Stack>
  );
}

function Content({ batch, counts }: { batch: Batch; counts: Counts }) {
  const { t } = useLanguage();
  const format = useFormat();
  const runner = useRunner(batch);
  const { id, name, createdAt, pausedBy, waitUntil } = batch;
  useContinuedRun(id);
  const isOrphaned = runner === "nowhere" && counts.sending > 0;
  useEffect(() => {
    if (isOrphaned) void recoverRows(id);
  }, [isOrphaned, id]);
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2" className="breakable">
            {name}
          </Title>
          <Text c="dimmed" size="sm">
            {format.dateTime(createdAt)}
          </Text>
        </div>
        <BatchStatus batch={batch} counts={counts} />
      </Group>
      {runner === "elsewhere" && (
        <Alert color="indigo" icon={<Icon name="info" />} title={t.batch.elsewhere}>
          {t.batch.elsewhereHint}
        </Alert>
      )}
      {waitUntil !== null && (
        <Alert color="yellow" icon={<Icon name="info" />} title={t.batch.waitTitle} role="status">
          {t.batch.waitHint(format.dateTime(waitUntil))}
        </Alert>
      )}
      {pausedBy !== null && <PauseReason pausedBy={pausedBy} />}
      <Paper withBorder p="md">
        <Stack>
          <BatchProgress batch={batch} counts={counts} />
          <Actions batch={batch} counts={counts} />
        </Stack>
      </Paper>
      <RowTable batch={batch} counts={counts} />
      <Text size="sm" c="dimmed">
        {t.batch.kept}
      </Text>
    </>
  );
}

function PauseReason({ pausedBy }: { pausedBy: NonNullable<Batch["pausedBy"]> }) {
  const { t } = useLanguage();
  if (pausedBy === "offline") {
    return (
      <Alert color="yellow" icon={<Icon name="warning" />} title={t.batch.pausedTitle}>
        {t.batch.pausedOffline}
      </Alert>
    );
  }
  const error = PartnerError.fromJSON(pausedBy);
  return error && <ErrorAlert title={t.batch.pausedTitle} error={error} explanation={t.batch.pausedHint} />;
}

function Actions({ batch, counts }: { batch: Batch; counts: Counts }) {
  const { t } = useLanguage();
  const format = useFormat();
  const status = useStatus(batch, counts);
  const runBatch = useRunBatch();
  const { id } = batch;
  const { waiting, refused, unknown } = counts;
  const isRunning = status === "running" || status === "pausing";
  const resume = async () => {
    await resumeBatch(id);
    runBatch(id);
  };
  const retry = async () => {
    await retryRefused(id);
    await resume();
  };
  return (
    <Group gap="xs">
      {isRunning && (
        <Button loading={status === "pausing"} onClick={() => pauseBatch(id)}>
          {t.batch.pause}
        </Button>
      )}
      {!isRunning && waiting > 0 && <Button onClick={resume}>{t.batch.resume(format.number(waiting))}</Button>}
      {!isRunning && waiting === 0 && unknown > 0 && (
        <Button onClick={resume}>{t.batch.checkAll(format.number(unknown))}</Button>
      )}
      {!isRunning && refused > 0 && (
        <Button variant="default" onClick={retry}>
          {t.batch.retryAll(format.number(refused))}
        </Button>
      )}
      <ResultFile batch={batch} />
      <RemoveBatch batch={batch} counts={counts} disabled={isRunning} />
    </Group>
  );
}
