import { Button, Group, Stack } from "@mantine/core";
import type { ServicePackage, Tenant } from "omicall-partner";
import { useFormat } from "../display/format";
import { useLanguage } from "../language/language";
import type { Payment } from "../journal/model";
import { Blocked } from "../payment/Blocked";
import { Facts } from "../display/Facts";
import { EmptyText, Section } from "./Section";

interface Props {
  tenant: Tenant;
  /** An earlier payment that must be settled first. */
  unsettled: Payment | null | undefined;
  onUpgrade: () => void;
  onExtend: () => void;
}

export function Package({ tenant: { service_package, currency }, unsettled, onUpgrade, onExtend }: Props) {
  const { t } = useLanguage();
  const blocked = unsettled != null;
  return (
    <Section title={t.detail.servicePackage}>
      <Stack gap="md">
        {service_package ? (
          <PackageFacts value={service_package} currency={currency} />
        ) : (
          <EmptyText>{t.detail.noPackage}</EmptyText>
        )}
        <Group gap="xs">
          <Button variant="default" size="sm" onClick={onUpgrade} disabled={blocked}>
            {t.purchase.upgrade.title}
          </Button>
          {service_package && (
            <Button variant="default" size="sm" onClick={onExtend} disabled={blocked}>
              {t.purchase.extend.title}
            </Button>
          )}
        </Group>
        <Blocked by={unsettled} />
      </Stack>
    </Section>
  );
}

function PackageFacts({ value, currency }: { value: ServicePackage; currency: Tenant["currency"] }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Facts
      items={[
        [t.detail.packageName, value.service_name],
        [t.detail.packageCode, value.code_name],
        [t.detail.staff, format.number(value.staff_num)],
        [t.detail.customers, value.customer_num === 0 ? t.detail.unlimited : format.number(value.customer_num)],
        [t.detail.packageExpiry, format.expiry(value.expiry_date)],
        [t.detail.cashback, format.money(value.cashback, currency)],
      ]}
    />
  );
}
