import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { EditRow } from "./EditRow";
import { resendRow, resumeBatch, retryRow } from "./journal";
import type { Batch, BatchRow } from "./model";
import { askAbout } from "./runner";
import { useRunBatch } from "./runs";

interface Props {
  batch: Batch;
  row: BatchRow;
}

/** What the user can do about a row that was refused, or whose outcome is unknown. */
export function RowActions(props: Props) {
  if (props.row.state === "refused") return <Refused {...props} />;
  return props.row.state === "unknown" && <Unknown {...props} />;
}

/** Sends what waits now, unless the user has paused the batch. */
function useSend({ id, paused }: Batch) {
  const runBatch = useRunBatch();
  return async () => {
    if (paused) return;
    await resumeBatch(id);
    runBatch(id);
  };
}

function Refused({ batch, row }: Props) {
  const { t } = useLanguage();
  const [opened, dialog] = useDisclosure(false);
  const send = useSend(batch);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={dialog.open} aria-label={t.batch.editRow(row.number)}>
        {t.batch.edit}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t.batch.editTitle}
        closeButtonProps={{ "aria-label": t.close }}
      >
        <EditRow
          row={row}
          onCancel={dialog.close}
          onSave={async (params) => {
            dialog.close();
            await retryRow(row, params);
            await send();
          }}
        />
      </Modal>
    </>
  );
}

function Unknown({ batch, row }: Props) {
  const { t } = useLanguage();
  const client = useClient();
  const [opened, dialog] = useDisclosure(false);
  const send = useSend(batch);
  const check = useMutation({ mutationFn: () => askAbout(row, client) });
  const resend = async () => {
    dialog.close();
    await resendRow(row);
    await send();
  };
  return (
    <Stack gap={4} align="flex-end">
      <Group gap={6} wrap="nowrap">
        <Button
          size="compact-sm"
          variant="default"
          loading={check.isPending}
          onClick={() => check.mutate()}
          aria-label={t.batch.checkRow(row.number)}
        >
          {t.batch.check}
        </Button>
        {row.askedAt !== null && (
          <Button size="compact-sm" variant="default" onClick={dialog.open} aria-label={t.batch.resendRow(row.number)}>
            {t.batch.resend}
          </Button>
        )}
      </Group>
      {check.error && <ErrorAlert error={check.error} />}
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t.batch.resendTitle}
        closeButtonProps={{ "aria-label": t.close }}
      >
        <Stack>
          <Text size="sm">{t.batch.resendHint(row.params.email)}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {t.cancel}
            </Button>
            <Button onClick={resend}>{t.batch.resend}</Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
