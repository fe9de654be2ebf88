import { Anchor, Badge, Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";
import { useIndexes, useRow } from "./journal";
import { type Batch, type BatchRow, type Counts, type RowState, rowStates } from "./model";
import { RowActions } from "./RowActions";
import { useRefusalText } from "./useRefusalText";
import { VirtualTable } from "./VirtualTable";

interface Props {
  batch: Batch;
  counts: Counts;
}

/** The rows of a batch, all or those in one state. */
export function RowTable({ batch, counts }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const [state, setState] = useState<RowState>();
  const option = (state: RowState) => ({
    value: state,
    label: `${t.batch.states[state]} (${format.number(counts[state])})`,
  });
  const Rows = state ? RowsInState : AllRows;
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t.batch.filter}
        maw={280}
        data={[{ value: "", label: `${t.batch.all} (${format.number(batch.total)})` }, ...rowStates.map(option)]}
        value={state ?? ""}
        onChange={({ currentTarget: { value } }) => setState(rowStates.find((state) => state === value))}
      />
      <Rows batch={batch} state={state ?? "waiting"} />
    </Stack>
  );
}

const AllRows = ({ batch }: { batch: Batch }) => (
  <Rows batch={batch} count={batch.total} indexOf={(position) => position} />
);

function RowsInState({ batch, state }: { batch: Batch; state: RowState }) {
  const indexes = useIndexes(batch.id, state);
  return <Rows batch={batch} count={indexes.length} indexOf={(position) => indexes[position] ?? 0} />;
}

interface RowsProps {
  batch: Batch;
  count: number;
  indexOf: (position: number) => number;
}

function Rows({ batch, count, indexOf }: RowsProps) {
  const { t } = useLanguage();
  const headers = [
    { label: t.batch.row, width: 64 },
    { label: t.batch.fields.fullName, width: 260 },
    { label: t.batch.fields.email, width: 230 },
    { label: t.batch.state, width: 130 },
    { label: t.batch.details, width: 320 },
  ];
  return (
    <VirtualTable label={t.batch.rows} headers={headers} count={count} keyOf={indexOf}>
      {(position) => <Cells batch={batch} index={indexOf(position)} />}
    </VirtualTable>
  );
}

const colors: Readonly<Record<RowState, string>> = {
  ...{ waiting: "gray", sending: "indigo", created: "teal", refused: "red", unknown: "orange" },
};

/** Each row reads itself, so that the progress of one row renders no other one. */
function Cells({ batch, index }: { batch: Batch; index: number }) {
  const { t } = useLanguage();
  const row = useRow(batch.id, index);
  return (
    <>
      <td role="cell" data-label={t.batch.row} className="figures">
        {row?.number}
      </td>
      <td role="cell">{row ? row.params.fullName : <Skeleton height={12} />}</td>
      <td role="cell">{row?.params.email}</td>
      <td role="cell">
        {row && (
          <Badge variant="light" color={colors[row.state]} tt="none" fw={600}>
            {t.batch.states[row.state]}
          </Badge>
        )}
      </td>
      <td role="cell">{row && <Details batch={batch} row={row} />}</td>
    </>
  );
}

function Details({ batch, row }: { batch: Batch; row: BatchRow }) {
  const { t } = useLanguage();
  const refusalText = useRefusalText();
  const { state, tenantId, error, askedAt } = row;
  const message =
    state === "unknown" ? (askedAt === null ? t.batch.notAsked : t.batch.asked) : error !== null && refusalText(error);
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      {message && (
        <Text size="xs" flex={1}>
          {message}
        </Text>
      )}
      {tenantId !== null && (
        <Anchor
          component={Link}
          href={tenantPath(tenantId)}
          size="sm"
          aria-label={t.batch.openTenant(row.params.fullName)}
        >
          {t.batch.open}
        </Anchor>
      )}
      <RowActions batch={batch} row={row} />
    </Group>
  );
}
