import { Button, Group, Progress as Bar, Text } from "@mantine/core";
import type { TenantWalk } from "../data/tenants";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";

interface Props {
  walk: TenantWalk;
  loading: boolean;
  onStop: () => void;
  onResume: () => void;
}

/** How much of the list is loaded, until all of it is. */
export function Progress({ walk: { tenants, total = tenants.length }, loading, onStop, onResume }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const label = t.list.loaded(format.number(tenants.length), format.number(total));
  return (
    <Group gap="sm">
      <Bar.Root w={140}>
        <Bar.Section
          value={total > 0 ? Math.round((100 * tenants.length) / total) : 0}
          animated={loading}
          aria-label={t.list.progress}
        />
      </Bar.Root>
      <Text size="xs" c="dimmed" className="figures">
        {label}
      </Text>
      <Button size="compact-xs" variant="default" onClick={loading ? onStop : onResume}>
        {loading ? t.list.stop : t.list.resume}
      </Button>
      <Text size="xs" c="dimmed">
        {t.list.exportsLoaded}
      </Text>
    </Group>
  );
}
