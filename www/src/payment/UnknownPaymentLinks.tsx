import { Alert, Anchor, List } from "@mantine/core";
import { Link } from "wouter";
import { useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { useUnknownPayments } from "../journal/writes";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";
import { summary, textsOf } from "./describe";

/** More are in the history. */
const maxShown = 3;

/** The payments with an unknown outcome, each with a link to its tenant, where it can be checked. */
export function UnknownPaymentLinks() {
  const { t } = useLanguage();
  const format = useFormat();
  const payments = useUnknownPayments();
  if (payments.length === 0) return null;
  return (
    <Alert color="yellow" icon={<Icon name="info" />} title={t.payment.unknown(payments.length)}>
      <List size="sm" spacing={4} className="breakable">
        {payments.slice(0, maxShown).map((payment) => (
          <List.Item key={payment.id}>
            {textsOf(payment.kind, t).unknownTitle}: {summary(payment, t, format)}{" "}
            <Anchor component={Link} href={tenantPath(payment.tenantId)} size="sm">
              {t.create.open}
            </Anchor>
          </List.Item>
        ))}
      </List>
      {payments.length > maxShown && (
        <Anchor component={Link} href="/history" size="sm">
          {t.payment.showAllUnknown}
        </Anchor>
      )}
    </Alert>
  );
}
