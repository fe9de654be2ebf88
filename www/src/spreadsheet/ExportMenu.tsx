import { Button, Menu, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Icon } from "../display/Icon";
import { notify } from "../display/notify";
import { useLanguage } from "../language/language";
import { download } from "./download";
import { type Column, type FileFormat, fileName } from "./table";
import { writeFile } from "./writeFile";

export type { Column };

interface Props<Row> {
  /** The text of the button. */
  label?: string;
  /** The name of the file, without its extension; the date is added. */
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}

/** Exports rows as a CSV or an XLSX file. */
export function ExportMenu<Row>({ label, name, columns, rows }: Props<Row>) {
  const { t } = useLanguage();
  const save = useMutation({
    mutationFn: async (format: FileFormat) => download(await writeFile(format, columns, rows), fileName(name, format)),
    onError: () =>
      notify("error", {
        title: (t) => t.spreadsheet.failed,
        message: (t) => t.spreadsheet.failedHint,
        closeLabel: t.close,
      }),
  });
  return (
    <Menu width={300} position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<Icon name="download" size={16} />}
          disabled={rows.length === 0}
          loading={save.isPending}
        >
          {label ?? t.spreadsheet.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save.mutate("xlsx")}>
          {t.spreadsheet.xlsx}
          <Hint>{t.spreadsheet.xlsxHint}</Hint>
        </Menu.Item>
        <Menu.Item onClick={() => save.mutate("csv")}>
          {t.spreadsheet.csv}
          <Hint>{t.spreadsheet.csvHint}</Hint>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const Hint = ({ children }: { children: string }) => (
  <Text size="xs" c="dimmed">
    {children}
  </Text>
);
