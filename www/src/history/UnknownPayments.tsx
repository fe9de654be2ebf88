import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { isUnknown } from "../journal/model";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";
import { UnknownTopUp } from "../top-up/UnsettledTopUp";
import type { PaymentRow } from "./payments";

/** The payments whose outcome is unknown. A top-up is checked here, a purchase on the page of its tenant. */
export function UnknownPayments({ rows }: { rows: readonly PaymentRow[] }) {
  return rows
    .filter(({ payment }) => isUnknown(payment))
    .map((row) => {
      const { payment } = row;
      if (payment.kind !== "topUp") return <UnknownPurchase key={payment.id} row={row} />;
      return isUnknown(payment) && <UnknownTopUp key={payment.id} topUp={payment} />;
    });
}

function UnknownPurchase({ row: { payment, kind, item } }: { row: PaymentRow }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <Alert color="yellow" icon={<Icon name="info" />} title={t.history.unknownPurchase(kind)}>
      <Stack gap="sm" maw={560}>
        <Text size="sm">{t.history.unknownPurchaseHint}</Text>
        <dl className="facts">
          <dt>{t.history.tenant}</dt>
          <dd>{payment.name}</dd>
          <dt>{kind}</dt>
          <dd>{item}</dd>
          <dt>{t.topUp.sentAt}</dt>
          <dd>{format.dateTime(payment.sentAt)}</dd>
        </dl>
        <Group>
          <Button size="sm" component={Link} href={tenantPath(payment.tenantId)}>
            {t.history.checkAtTenant}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
