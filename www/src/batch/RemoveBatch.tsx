import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLocation } from "wouter";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import type { Batch, Counts } from "./model";
import { removeIdleBatch } from "./runs";

interface Props {
  batch: Batch;
  counts: Counts;
  disabled: boolean;
}

/** Removes a batch from this browser, after a confirmation that says what is lost. */
export function RemoveBatch({ batch: { id, total }, counts: { created, unknown }, disabled }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const [, navigate] = useLocation();
  const [opened, dialog] = useDisclosure(false);
  const remove = async () => {
    if (await removeIdleBatch(id)) navigate("/batches", { replace: true });
  };
  return (
    <>
      <Button variant="subtle" color="red" disabled={disabled} onClick={dialog.open}>
        {t.batch.removeBatch}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t.batch.removeTitle}
        closeButtonProps={{ "aria-label": t.close }}
      >
        <Stack>
          <Text size="sm">{t.batch.removeHint}</Text>
          {created < total && <Text size="sm">{t.batch.removeRest(format.number(total - created))}</Text>}
          {unknown > 0 && (
            <Text size="sm" fw={500}>
              {t.batch.removeUnknown(format.number(unknown))}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {t.cancel}
            </Button>
            {/* Another tab may have continued the batch meanwhile. */}
            <Button color="red" disabled={disabled} onClick={remove}>
              {t.batch.removeConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
