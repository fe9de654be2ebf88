import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation } from "wouter";
import { generatePassword } from "../create/password";
import { useFormat } from "../display/format";
import { ErrorAlert } from "../errors/ErrorAlert";
import { useAccount } from "../journal/writes";
import { useLanguage } from "../language/language";
import { useClient } from "../session/client";
import { batchPath } from "./batchPath";
import { ColumnChoice } from "./ColumnChoice";
import { type Draft, type DraftRow, useDraft } from "./draft";
import { type Faults, faultsOf, lacksZero, paramsOf, repeatedEmails } from "./faults";
import { addBatch } from "./journal";
import { Preview } from "./Preview";
import { useRunBatch } from "./runs";

/** Lets the user check and correct a table, before its tenants are created. */
export function DraftEditor({ draft }: { draft: Draft }) {
  const { t } = useLanguage();
  const format = useFormat();
  const [, setDraft] = useDraft();
  const { rows } = draft;
  const faults = useFaults(rows);
  const create = useCreateBatch();
  // The corrections would be lost.
  useWindowEvent("beforeunload", (event) => event.preventDefault());

  const faultyCount = rows.filter((row) => Object.keys(faults(row)).length > 0).length;
  const generatedCount = rows.filter(({ password }) => password === "").length;
  const zeroCount = rows.filter(lacksZero).length;
  const setRows = (rows: readonly DraftRow[]) => setDraft({ ...draft, rows });
  const addZeros = () => setRows(rows.map((row) => (lacksZero(row) ? { ...row, phone: `0${row.phone}` } : row)));

  return (
    <Stack>
      <ColumnChoice draft={draft} />
      {zeroCount > 0 && (
        <Alert color="yellow" title={t.batch.zerosTitle(format.number(zeroCount))}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t.batch.zerosHint}</Text>
            <Button size="xs" variant="default" onClick={addZeros}>
              {t.batch.addZeros}
            </Button>
          </Stack>
        </Alert>
      )}
      <Preview draft={draft} faults={faults} faultyCount={faultyCount} onChange={setRows} />
      <Text size="sm" c="dimmed">
        {generatedCount > 0 && `${t.batch.generated(format.number(generatedCount))} `}
        {t.batch.kept}
      </Text>
      {create.error && <ErrorAlert error={create.error} explanation={t.batch.notStored} />}
      <Group justify="flex-end">
        {faultyCount > 0 && (
          <Text size="sm" c="var(--mantine-color-error)" flex="1 1 14rem">
            {t.batch.repairFirst}
          </Text>
        )}
        <Button variant="default" onClick={() => setDraft(undefined)} disabled={create.isPending}>
          {t.batch.otherTable}
        </Button>
        <Button
          disabled={faultyCount > 0 || rows.length === 0}
          loading={create.isPending}
          onClick={() => create.mutate(draft)}
        >
          {t.batch.create(format.number(rows.length))}
        </Button>
      </Group>
    </Stack>
  );
}

/** Returns the faults of a row. Only rows that have changed are checked again. */
function useFaults(rows: readonly DraftRow[]): (row: DraftRow) => Faults {
  const { t } = useLanguage();
  const { createTenant } = useClient().schemas;
  const checked = useMemo(() => new WeakMap<DraftRow, Faults>(), [createTenant, t]);
  const repeated = useMemo(() => repeatedEmails(rows), [rows]);
  return (row) => {
    let faults = checked.get(row);
    if (!faults) {
      faults = faultsOf(row, createTenant, t);
      checked.set(row, faults);
    }
    const others = repeated.get(row.email.toLowerCase())?.filter((number) => number !== row.number);
    return others && !faults.email
      ? { ...faults, email: t.batch.faults.repeated(others.slice(0, 3).join(", ")) }
      : faults;
  };
}

/** Records the batch, starts it, and opens its screen. */
function useCreateBatch() {
  const client = useClient();
  const account = useAccount();
  const runBatch = useRunBatch();
  const [, setDraft] = useDraft();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: async ({ name, rows, isAutoActive }: Draft) => {
      const newRows = rows.map((row) => {
        const isPasswordGenerated = row.password === "";
        const params = paramsOf(row, isAutoActive, isPasswordGenerated ? generatePassword() : row.password);
        const result = client.schemas.createTenant["~standard"].validate(params);
        return { params: result.issues ? params : result.value, isPasswordGenerated, number: row.number };
      });
      return addBatch(name, account, newRows);
    },
    onSuccess: (id) => {
      setDraft(undefined);
      navigate(batchPath(id));
      runBatch(id);
    },
  });
}
