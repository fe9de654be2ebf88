import { ActionIcon, Badge, Group, Switch, Title, Tooltip, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { type Field, fields } from "./columns";
import type { Draft, DraftRow } from "./draft";
import type { Faults } from "./faults";
import classes from "./Preview.module.css";
import { VirtualTable } from "./VirtualTable";

interface Props {
  draft: Draft;
  faults: (row: DraftRow) => Faults;
  faultyCount: number;
  onChange: (rows: readonly DraftRow[]) => void;
}

const widths: Readonly<Record<Field, number>> = {
  ...{ fullName: 230, ownerName: 180, email: 230, phone: 140, password: 150, isAutoActive: 120 },
};

/** The rows with their faults, which can be corrected in the cells. */
export function Preview({ draft: { rows, columns }, faults, faultyCount, onChange }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  // A row must not disappear while it is corrected, so these are the rows that had faults when the switch was turned on.
  const [faulty, setFaulty] = useState<ReadonlySet<number>>();
  const hasFault = (row: DraftRow) => Object.keys(faults(row)).length > 0;
  const shown = faulty ? rows.filter((row) => faulty.has(row.number) || hasFault(row)) : rows;
  const shownFields = fields.filter((field) => field !== "isAutoActive" || columns.isAutoActive !== null);

  const edit = (edited: DraftRow) => onChange(rows.map((row) => (row.number === edited.number ? edited : row)));
  const remove = (removed: DraftRow) => onChange(rows.filter((row) => row.number !== removed.number));
  const headers = [
    { label: t.batch.row, width: 64 },
    ...shownFields.map((field) => ({ label: t.batch.fields[field], width: widths[field] })),
    { label: <VisuallyHidden>{t.batch.remove}</VisuallyHidden>, width: 56 },
  ];
  return (
    <>
      <Group justify="space-between">
        <Group gap="xs">
          <Title order={2} size="h4">
            {t.batch.preview}
          </Title>
          <Badge variant="light" tt="none" color="gray">
            {t.batch.rowCount(format.number(rows.length))}
          </Badge>
          <Badge variant="light" tt="none" color={faultyCount > 0 ? "red" : "teal"} role="status">
            {faultyCount > 0 ? t.batch.faultyCount(format.number(faultyCount)) : t.batch.noFaults}
          </Badge>
        </Group>
        <Switch
          label={t.batch.onlyFaulty}
          checked={faulty !== undefined}
          disabled={faultyCount === 0 && !faulty}
          onChange={({ currentTarget: { checked } }) =>
            setFaulty(checked ? new Set(rows.filter(hasFault).map(({ number }) => number)) : undefined)
          }
        />
      </Group>
      <VirtualTable
        label={t.batch.preview}
        headers={headers}
        count={shown.length}
        keyOf={(index) => shown[index]?.number ?? index}
      >
        {(index) => {
          const row = shown[index];
          return row && <Cells row={row} fields={shownFields} faults={faults(row)} onEdit={edit} onRemove={remove} />;
        }}
      </VirtualTable>
    </>
  );
}

interface CellsProps {
  row: DraftRow;
  fields: readonly Field[];
  faults: Faults;
  onEdit: (row: DraftRow) => void;
  onRemove: (row: DraftRow) => void;
}

function Cells({ row, fields, faults, onEdit, onRemove }: CellsProps) {
  const { t } = useLanguage();
  return (
    <>
      <td role="cell" data-label={t.batch.row} className="figures">
        {row.number}
      </td>
      {fields.map((field) => (
        <Cell
          key={field}
          field={t.batch.fields[field]}
          label={t.batch.cell(t.batch.fields[field], row.number)}
          id={`cell-${row.number}-${field}`}
          value={row[field]}
          fault={faults[field]}
          placeholder={field === "password" ? t.batch.willGenerate : undefined}
          onChange={(value) => onEdit({ ...row, [field]: value })}
        />
      ))}
      <td role="cell">
        <Tooltip label={t.batch.remove}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t.batch.removeRow(row.number)}
            onClick={({ currentTarget }) => {
              focusNextRow(currentTarget);
              onRemove(row);
            }}
          >
            <Icon name="trash" size={16} />
          </ActionIcon>
        </Tooltip>
      </td>
    </>
  );
}

/** Before a row is removed, moves the focus from its button to that of the next or previous row, or to the table. */
function focusNextRow(button: HTMLElement) {
  const row = button.closest("tr");
  const next = row?.nextElementSibling?.querySelector("button") ?? row?.previousElementSibling?.querySelector("button");
  (next ?? button.closest<HTMLElement>("[role=region]"))?.focus();
}

interface CellProps {
  id: string;
  field: string;
  label: string;
  value: string;
  fault: string | undefined;
  placeholder: string | undefined;
  onChange: (value: string) => void;
}

/** A plain input: hundreds of Mantine's would be too slow. */
function Cell({ id, field, label, value, fault, placeholder, onChange }: CellProps) {
  return (
    <td role="cell" data-label={field} data-fault={fault !== undefined || undefined} className={classes.cell}>
      <input
        className={classes.input}
        aria-label={label}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : id}
        autoComplete="off"
        spellCheck={false}
        value={value}
        placeholder={placeholder}
        onChange={({ currentTarget: { value } }) => onChange(value)}
      />
      {fault !== undefined && (
        <div id={id} className={classes.fault}>
          {fault}
        </div>
      )}
    </td>
  );
}
