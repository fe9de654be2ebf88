import { Button, Drawer, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";

interface Props {
  /** How many filters are in use. */
  inUse: number;
  /** What closes the drawer, and says how many rows there are. */
  resultLabel: string;
  children: ReactNode;
}

/** The filters, where there is no room for them above the list. */
export function FilterDrawer({ inUse, resultLabel, children }: Props) {
  const { t } = useLanguage();
  const [opened, drawer] = useDisclosure(false);
  return (
    <>
      <Button
        variant={inUse > 0 ? "light" : "default"}
        leftSection={<Icon name="filter" size={16} />}
        onClick={drawer.open}
      >
        {inUse > 0 ? t.list.filtersInUse(inUse) : t.list.filters}
      </Button>
      <Drawer
        opened={opened}
        onClose={drawer.close}
        position="right"
        size="sm"
        title={t.list.filters}
        closeButtonProps={{ "aria-label": t.close }}
      >
        <Stack>
          {children}
          <Button onClick={drawer.close}>{resultLabel}</Button>
        </Stack>
      </Drawer>
    </>
  );
}
