import { SegmentedControl, Select } from "@mantine/core";
import { useLanguage } from "../language/language";
import type { TenantColumn } from "./columns";
import type { Sort } from "./tenantsPath";

interface Props {
  columns: readonly TenantColumn[];
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}

/** The order of the list where it has no header to click. */
export function SortSelect({ columns, sort, onSort }: Props) {
  const { t } = useLanguage();
  return (
    <>
      <Select
        clearable
        aria-label={t.list.sortBy}
        placeholder={t.list.sortBy}
        data={columns.map(({ id, label }) => ({ value: id, label }))}
        value={sort?.column ?? null}
        onChange={(value) => {
          const column = columns.find(({ id }) => id === value);
          onSort(column && { column: column.id, descending: sort?.descending ?? false });
        }}
      />
      {sort && (
        <SegmentedControl
          aria-label={t.list.direction}
          data={[
            { value: "ascending", label: t.list.ascending },
            { value: "descending", label: t.list.descending },
          ]}
          value={sort.descending ? "descending" : "ascending"}
          onChange={(direction) => onSort({ ...sort, descending: direction === "descending" })}
        />
      )}
    </>
  );
}
