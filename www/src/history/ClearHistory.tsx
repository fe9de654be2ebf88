import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useFormat } from "../display/format";
import { ErrorAlert } from "../errors/ErrorAlert";
import { clearHistory, useAccount } from "../journal/writes";
import { useLanguage } from "../language/language";

/** Removes the settled payments, after a confirmation. */
export function ClearHistory({ settled }: { settled: number }) {
  const { t } = useLanguage();
  const format = useFormat();
  const account = useAccount();
  const [opened, dialog] = useDisclosure(false);
  const clear = useMutation({ mutationFn: () => clearHistory(account), onSuccess: dialog.close });
  return (
    <>
      <Button variant="default" onClick={dialog.open} disabled={settled === 0}>
        {t.history.clear}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t.history.clear}
        closeButtonProps={{ "aria-label": t.close }}
      >
        <Stack>
          <Text size="sm">{t.history.clearHint}</Text>
          {clear.error && <ErrorAlert error={clear.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close} data-autofocus>
              {t.cancel}
            </Button>
            <Button color="red" loading={clear.isPending} onClick={() => clear.mutate()}>
              {t.history.clearConfirm(format.number(settled))}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
