import { Button, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useRef } from "react";
import { type TenantWalk, walkProgressQuery } from "../data/tenants";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import classes from "./Overview.module.css";

interface Props {
  walk: UseQueryResult<TenantWalk>;
  onLoad: () => void;
  onStop: () => void;
}

/** The title, with how far the tenants are loaded, and a button that stops, continues or repeats this. */
export function WalkStatus({ walk: { data, dataUpdatedAt, error, isFetching }, onLoad, onStop }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const button = useRef<HTMLButtonElement>(null);
  const updatedAt = format.dateTime(dataUpdatedAt);
  const counted = data && t.overview.counted(format.number(data.tenants.length), format.number(data.total));
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {t.overview.title}
          </Title>
          <Text size="sm" c="dimmed" role="status">
            {isFetching || error
              ? null
              : !data
                ? t.overview.stopped
                : data.complete
                  ? `${t.overview.tenants(format.number(data.tenants.length))} · ${t.overview.updated(updatedAt)}`
                  : counted}
          </Text>
          {isFetching && <Loaded />}
        </div>
        <Button
          ref={button}
          variant="default"
          leftSection={<Icon name={isFetching ? "stop" : "refresh"} />}
          onClick={isFetching ? onStop : onLoad}
          className={classes.load}
        >
          {isFetching ? t.overview.stop : data?.complete ? t.refresh : t.overview.resume}
        </Button>
      </Group>
      <div className={classes.progress}>{isFetching && <LoadedBar />}</div>
      {error && !isFetching && (
        <ErrorAlert
          title={!data ? t.overview.failed : data.complete ? t.overview.refreshFailed : t.overview.failedPartly}
          {...(counted && { explanation: data.complete ? t.overview.countedAt(updatedAt) : counted })}
          error={error}
          onRetry={() => {
            // The alert disappears, and with it the focus.
            button.current?.focus();
            onLoad();
          }}
        />
      )}
    </Stack>
  );
}

function Loaded() {
  const { t } = useLanguage();
  const format = useFormat();
  const { loaded = 0, total } = useQuery(walkProgressQuery()).data ?? {};
  return (
    <Text size="sm" c="dimmed" className={classes.loaded}>
      {total === undefined
        ? t.overview.loaded(format.number(loaded))
        : t.overview.loadedOf(format.number(loaded), format.number(total))}
    </Text>
  );
}

function LoadedBar() {
  const { t } = useLanguage();
  const { loaded = 0, total } = useQuery(walkProgressQuery()).data ?? {};
  return (
    <Progress
      size={4}
      value={total ? (100 * loaded) / total : 0}
      aria-label={t.overview.loading}
      transitionDuration={200}
    />
  );
}
