import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { Tenant } from "omicall-partner";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useLanguage } from "../language/language";
import type { Payment } from "../journal/model";
import { Blocked } from "../payment/Blocked";
import { paidTypeText } from "./paidType";

interface Props {
  tenant: Tenant;
  /** An earlier payment that must be settled first. */
  unsettled: Payment | null | undefined;
  onTopUp: () => void;
}

export function Balance({ tenant, unsettled, onTopUp }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const paidType = paidTypeText(tenant, t);
  return (
    <Paper withBorder p="lg">
      <Stack gap="md">
        <div>
          <Group justify="space-between">
            <Text size="sm" c="dimmed" id="balance-label">
              {t.detail.balance}
            </Text>
            {paidType && (
              <Badge variant="light" color="gray" tt="none">
                {paidType}
              </Badge>
            )}
          </Group>
          <Text fz={30} fw={700} lh={1.3} className="figures" role="group" aria-labelledby="balance-label">
            {format.money(tenant.balance, tenant.currency)}
          </Text>
        </div>
        <Button fullWidth leftSection={<Icon name="wallet" />} onClick={onTopUp} disabled={unsettled != null}>
          {t.detail.topUp}
        </Button>
        <Blocked by={unsettled} />
      </Stack>
    </Paper>
  );
}
