import { Checkbox, Group, Paper, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { focusOnMount } from "../display/focusOnMount";
import { useLanguage } from "../language/language";
import { fields } from "./columns";
import { type Draft, newDraft, useDraft, withColumn } from "./draft";

/** Which column has which field; guessed, and the user can change it. */
export function ColumnChoice({ draft }: { draft: Draft }) {
  const { t } = useLanguage();
  const [, setDraft] = useDraft();
  const { name, table, columns, hasHeader, isAutoActive } = draft;
  // Not `Math.max(...)`: a large table would be too many arguments.
  const width = table.reduce((width, row) => Math.max(width, row.length), 0);
  const first = table[hasHeader ? 1 : 0];
  const data = Array.from({ length: width }, (_, column) => {
    const header = hasHeader && table[0]?.[column];
    return { value: String(column), label: header || t.batch.column(column + 1) };
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h4" {...focusOnMount}>
            {t.batch.columnsTitle}
          </Title>
          <Text size="sm" c="dimmed" className="breakable">
            {t.batch.columnsHint(name)}
          </Text>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          {fields.map((field) => {
            const column = columns[field];
            const isOptional = field === "password" || field === "isAutoActive";
            return (
              <Select
                key={field}
                label={t.batch.fields[field]}
                description={(column !== null && first?.[column]) || t.none}
                inputWrapperOrder={["label", "input", "description", "error"]}
                placeholder={isOptional ? t.batch.withoutColumn[field] : t.batch.chooseColumn}
                error={column === null && !isOptional && t.batch.columnMissing}
                data={data}
                clearable={isOptional}
                clearButtonProps={{ "aria-label": t.batch.noColumn }}
                allowDeselect={false}
                value={column === null ? null : String(column)}
                onChange={(value) => setDraft(withColumn(draft, field, value === null ? null : Number(value)))}
              />
            );
          })}
        </SimpleGrid>
        <Group gap="xl">
          <Checkbox
            label={t.batch.header}
            checked={hasHeader}
            onChange={({ currentTarget: { checked } }) => setDraft({ ...newDraft(name, table, checked), isAutoActive })}
          />
          <Checkbox
            label={columns.isAutoActive === null ? t.batch.autoActive : t.batch.autoActiveOthers}
            checked={isAutoActive}
            onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, isAutoActive: checked })}
          />
        </Group>
      </Stack>
    </Paper>
  );
}
