import { Button, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";

interface Props {
  keyword: string | undefined;
  /** How many tenants the filters hide. */
  hidden: number;
  onClearFilters: () => void;
}

/** Says why the list has no rows. */
export function NoTenants({ keyword, hidden, onClearFilters }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  if (hidden > 0) {
    return (
      <EmptyState title={t.list.noMatches} hint={t.list.noMatchesHint(format.number(hidden))}>
        <Button variant="default" onClick={onClearFilters}>
          {t.list.clearFilters}
        </Button>
      </EmptyState>
    );
  }
  if (keyword) return <EmptyState title={t.list.noResults} hint={t.list.noResultsHint(keyword)} />;
  return <EmptyState title={t.list.noneYet} hint={t.list.noneYetHint} />;
}

function EmptyState({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <Paper withBorder py={56} px="md" role="status">
      <Stack align="center" gap="xs" ta="center" className="breakable">
        <Text c="dimmed" component="span">
          <Icon name="search" size={36} />
        </Text>
        <Text fw={600}>{title}</Text>
        <Text c="dimmed" size="sm">
          {hint}
        </Text>
        {children}
      </Stack>
    </Paper>
  );
}
