import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLiveQuery } from "dexie-react-hooks";
import { useState } from "react";
import { useLanguage } from "../language/language";
import { type Column, ExportMenu } from "../spreadsheet/ExportMenu";
import { readRows } from "./journal";
import type { Batch, BatchRow } from "./model";
import { useRefusalText } from "./useRefusalText";

/** Lets the user save the rows with their outcomes. */
export function ResultFile({ batch }: { batch: Batch }) {
  const { t } = useLanguage();
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t.batch.result}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t.batch.result} closeButtonProps={{ "aria-label": t.close }}>
        <Choices batch={batch} />
      </Modal>
    </>
  );
}

function Choices({ batch: { id, name } }: { batch: Batch }) {
  const { t } = useLanguage();
  const refusalText = useRefusalText();
  const rows = useLiveQuery(() => readRows(id), [id]) ?? [];
  const [withPasswords, setWithPasswords] = useState(false);
  const hasGenerated = rows.some(({ isPasswordGenerated }) => isPasswordGenerated);
  const password: Column<BatchRow> = {
    header: t.batch.fields.password,
    // A refused row has no tenant, or one of somebody else.
    value: ({ isPasswordGenerated, state, password }) => (isPasswordGenerated && state !== "refused" ? password : null),
  };
  const columns: Column<BatchRow>[] = [
    { header: t.batch.row, value: ({ number }) => number },
    { header: t.batch.fields.fullName, value: ({ params }) => params.fullName },
    { header: t.batch.fields.ownerName, value: ({ params }) => params.ownerName },
    { header: t.batch.fields.email, value: ({ params }) => params.email },
    { header: t.batch.fields.phone, value: ({ params }) => params.phone },
    { header: t.batch.fields.isAutoActive, value: ({ params }) => (params.isAutoActive ? t.yes : t.no) },
    { header: t.batch.state, value: ({ state }) => t.batch.states[state] },
    { header: t.batch.tenantId, value: ({ tenantId }) => tenantId },
    { header: t.batch.reason, value: ({ error }) => error && refusalText(error) },
    ...(withPasswords ? [password] : []),
  ];
  return (
    <Stack>
      <Text size="sm">{t.batch.resultHint}</Text>
      {hasGenerated && (
        <Checkbox
          label={t.batch.withPasswords}
          description={t.batch.withPasswordsHint}
          checked={withPasswords}
          onChange={({ currentTarget: { checked } }) => setWithPasswords(checked)}
        />
      )}
      <Group justify="flex-end">
        <ExportMenu name={name} columns={columns} rows={rows} />
      </Group>
    </Stack>
  );
}
