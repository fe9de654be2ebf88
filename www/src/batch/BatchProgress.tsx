import { Badge, Group, Progress, Stack, Text } from "@mantine/core";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import classes from "./BatchProgress.module.css";
import type { Batch, Counts } from "./model";
import { useRunner } from "./runs";

type Status = "running" | "pausing" | "paused" | "interrupted" | "attention" | "done";

/** What a batch is doing. Without a page that runs it, a row that is being sent has an unknown outcome. */
export function useStatus(batch: Batch, { waiting, sending, refused, unknown }: Counts): Status {
  const isRunning = useRunner(batch) !== "nowhere";
  if (isRunning) return batch.paused ? "pausing" : "running";
  if (waiting > 0) return batch.paused ? "paused" : "interrupted";
  return sending + refused + unknown > 0 ? "attention" : "done";
}

const colors: Readonly<Record<Status, string>> = {
  running: "indigo",
  pausing: "gray",
  paused: "gray",
  interrupted: "orange",
  attention: "orange",
  done: "teal",
};

export function BatchStatus({ batch, counts }: { batch: Batch; counts: Counts }) {
  const { t } = useLanguage();
  const status = useStatus(batch, counts);
  return (
    <Badge variant="light" color={colors[status]} tt="none" fw={600} role="status">
      {t.batch.statuses[status]}
    </Badge>
  );
}

export function BatchProgress({ batch: { total }, counts }: { batch: Batch; counts: Counts }) {
  const { t } = useLanguage();
  const format = useFormat();
  const { created, refused, unknown } = counts;
  const label = t.batch.progress(format.number(created), format.number(total));
  const parts = [
    { color: "teal", count: created },
    { color: "red", count: refused },
    { color: "yellow", count: unknown },
  ];
  return (
    <Stack gap={6}>
      <Progress.Root
        size="lg"
        role="progressbar"
        aria-label={t.batch.progressLabel}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={created}
        aria-valuetext={label}
      >
        {parts.map(({ color, count }) => (
          <Progress.Section key={color} color={color} value={(count / total) * 100} withAria={false} />
        ))}
      </Progress.Root>
      <Group gap="4px 16px" className="figures">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        {refused > 0 && (
          <Text size="sm" c="var(--mantine-color-error)">
            {t.batch.refusedCount(format.number(refused))}
          </Text>
        )}
        {unknown > 0 && (
          <Text size="sm" className={classes.unknown}>
            {t.batch.unknownCount(format.number(unknown))}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
