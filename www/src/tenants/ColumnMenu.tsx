import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import { type ColumnId, columnIds, defaultColumns, type TenantColumn } from "./columns";

/** The columns that the user chose, in this browser. */
export function useChosenColumns() {
  return useLocalStorage<readonly ColumnId[]>({
    key: "omicall-portal-columns",
    defaultValue: defaultColumns,
    getInitialValueInEffect: false,
    serialize: (chosen) => chosen.join(),
    // Without names that an earlier version of the portal stored.
    deserialize: (stored) =>
      stored === undefined ? defaultColumns : columnIds.filter((id) => stored.split(",").includes(id)),
  });
}

interface Props {
  columns: readonly TenantColumn[];
  chosen: readonly ColumnId[];
  onChange: (chosen: readonly ColumnId[]) => void;
}

export function ColumnMenu({ columns, chosen, onChange }: Props) {
  const { t } = useLanguage();
  const choose = (values: string[]) => onChange(columnIds.filter((id) => id === "name" || values.includes(id)));
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon name="columns" size={16} />}>
          {t.list.chooseColumns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah="70dvh" style={{ overflowY: "auto" }}>
        <Checkbox.Group value={[...chosen]} onChange={choose} aria-label={t.list.chooseColumns}>
          <Stack gap="xs">
            {columns.map(({ id, label }) => (
              <Checkbox key={id} value={id} label={label} size="sm" disabled={id === "name"} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button mt="md" size="xs" variant="subtle" fullWidth onClick={() => onChange(defaultColumns)}>
          {t.list.defaultColumns}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
